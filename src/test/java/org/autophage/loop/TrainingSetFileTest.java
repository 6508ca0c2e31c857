package org.autophage.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.autophage.loop.TinyWorld.contents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import org.autophage.base.Seeds;
import org.autophage.data.Origins;
import org.autophage.data.Samples;
import org.autophage.data.TrainingSet;
import org.autophage.loop.TinyWorld.MovingDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training sets read back from their lists of ids, of real samples whose law moves and of synthetic ones that say which they are. */
class TrainingSetFileTest {
    private static final MovingDataset DATASET = new MovingDataset(200, 1);
    private static final int MADE = 6;

    private static final DataMix MIX = LoopSpec.mixed(
                    5,
                    8,
                    MADE,
                    new MixSpec(Counts.of(3), Counts.of(2), Counts.of(6), new Memory(2), Counts.of(9), null, null))
            .dataMix();

    @TempDir
    private Path folder;

    /** Sample i of generation t contains −1000 t − i. */
    private static Samples given(int t) {
        return TinyWorld.images(
                LongStream.range(0, MADE).map(i -> -1000L * t - i).toArray());
    }

    private Path write(TrainingSet set) throws IOException {
        return Files.writeString(folder.resolve("training-set.json"), TrainingSetFile.toJson(set, 0));
    }

    private static TrainingSet mixed(int t, long seed) {
        return MIX.trainingSet(
                t, DATASET, new SamplePool(MIX.memory(), past -> Given.inTurn(given(past))), new Seeds(seed));
    }

    @Test
    void everySampleComesBackInItsPlace() throws IOException {
        for (long seed = 0; seed < 5; seed++) {
            for (int t = 1; t <= 5; t++) {
                TrainingSet set = mixed(t, seed);
                Path file = write(set);
                Samples read = TrainingSetFile.read(file, t, DATASET, TrainingSetFileTest::given);
                assertThat(contents(read)).containsExactly(contents(set.samples()));
                assertThat(TrainingSetFile.generations(file))
                        .isEqualTo(IntStream.range(0, read.count())
                                .map(set.origins()::generation)
                                .filter(generation -> generation != Origins.REAL)
                                .distinct()
                                .boxed()
                                .toList());
            }
        }
    }

    /** Samples that were chosen among draws are found by their places in the file, not by their numbers among the draws. */
    @Test
    void chosenDrawsAreFoundByTheirPlaces() throws IOException {
        IntFunction<Given> chosen = t -> new Given(given(t), new long[] {3, 5, 8, 9, 20, 21});
        TrainingSet set = MIX.trainingSet(3, DATASET, new SamplePool(MIX.memory(), chosen), new Seeds(0));
        Path file = write(set);
        assertThat(Files.readString(file)).contains("\"draws\"");
        assertThat(contents(TrainingSetFile.read(file, 3, DATASET, TrainingSetFileTest::given)))
                .containsExactly(contents(set.samples()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"fixedReal\":2,\"images\":[{\"real\":[[0,1]]}] | is corrupt: ",
                "{\"fixedReal\":2,\"images\":[{\"real\":[[0,2]]}]} | [0,2] is no sample, or too many for 2",
                "{\"fixedReal\":2,\"images\":[{\"real\":[-1,3]}]} | -1 is no sample, or too many for 2",
                "{\"fixedReal\":2,\"images\":[{\"real\":[\"a\",3]}]} | \"a\" is no sample, or too many for 2",
                "{\"fixedReal\":2,\"images\":[{\"real\":[[0,9223372036854775807]]}]} | is no sample, or too many for 2",
                "{\"fixedReal\":2,\"images\":[{\"real\":[3]}]} | it has 1 of 2 samples",
                "{\"fixedReal\":2,\"images\":[{\"real\":[3,200]}]} | it names sample 200 of 200",
                "{\"synthetic\":1,\"images\":[{\"generation\":1,\"numbers\":[6]}]} | it names sample 6 of 6",
                "{\"fixedReal\":-1,\"images\":[{\"real\":[3]}]} | it counts {fixedReal=-1, freshReal=0, synthetic=0}",
                "{} | it has 0 of 0 samples",
                "null | it has 0 of 0 samples",
            })
    void aDamagedListIsOneLine(String text, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("training-set.json"), text);
        assertThatThrownBy(() -> TrainingSetFile.read(file, 2, DATASET, TrainingSetFileTest::given))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aListThatIsNotThereIsOneLine() {
        assertThatThrownBy(
                        () -> TrainingSetFile.read(folder.resolve("none.json"), 1, DATASET, TrainingSetFileTest::given))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining("none.json is missing");
    }
}
