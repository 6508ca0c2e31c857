package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.autophage.table.ParquetFile;
import org.autophage.table.ParquetValues;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of two planted runs as one table. */
class RecordsCommandTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void plantRuns() throws IOException {
        plant("one", "\"recall\":0.5,\"standardError\":{\"recall\":0.01}");
        plant("two", "\"recall\":1,\"trainSeconds\":3");
    }

    private void plant(String name, String numbers) throws IOException {
        Path run = folder.resolve(name);
        Files.createDirectories(run.resolve("seed-4"));
        Files.writeString(run.resolve("experiment.yaml"), "name: " + name + "\nseeds: [4]\n");
        Files.writeString(
                run.resolve("seed-4/generations.jsonl"),
                "{\"generation\":1,\"seed\":4,\"loop\":\"fresh-data\",\"features\":\"lenet@0\",\"samples\":100,%s}%n"
                        .formatted(numbers));
    }

    private CommandRun records(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "records";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 2] = "--runs";
        all[all.length - 1] = folder.toString();
        return CommandRun.of(all);
    }

    @Test
    void bothRunsAreInOneTable() {
        CommandRun run = records("one", "two");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .isEqualTo("run,generation,seed,loop,features,samples,recall,standardError.recall,trainSeconds\r\n"
                        + "one,1,4,fresh-data,lenet@0,100,0.5,0.01,\r\n"
                        + "two,1,4,fresh-data,lenet@0,100,1.0,,3\r\n");
    }

    @Test
    void parquetHasTypesAndGaps() throws IOException {
        Path file = folder.resolve("x.parquet");
        assertThat(records("one", "two", "--out", file.toString()).exitCode()).isZero();
        try (ParquetFile table = ParquetFile.open(file)) {
            assertThat(table.describeColumns())
                    .isEqualTo("run (string), generation (int64), seed (int64), loop (string), features (string),"
                            + " samples (int64), recall (double), standardError.recall (double), trainSeconds (int64)");
            ParquetValues errors = table.values(table.columns().get(7), 0);
            errors.next();
            assertThat(errors.real()).isEqualTo(0.01);
            errors.next();
            assertThat(errors.isNull()).isTrue();
        }
    }

    @Test
    void whatCannotBeDoneIsOneLine() throws IOException {
        CommandRun run = records("one", "--out", folder.resolve("x.xlsx").toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("must end with .csv or .parquet");
        Files.writeString(folder.resolve("one/seed-4/generations.jsonl"), "");
        Path out = folder.resolve("x.csv");
        CommandRun empty = records("one", "--out", out.toString());
        assertThat(empty.exitCode()).isEqualTo(2);
        assertThat(empty.err()).contains("one: no generation is finished yet");
        assertThat(List.of(out, folder.resolve("x.xlsx"))).noneMatch(Files::exists);
    }
}
