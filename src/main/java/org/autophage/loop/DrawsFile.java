package org.autophage.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.JsonErrors;
import org.autophage.base.PlainFiles;
import org.autophage.data.Samples;
import org.autophage.run.RecordChecksum;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * draws.json: which of a model's draws the samples of a generation are, in their order. There is none where sample i is draw i.
 *
 * <pre>
 * {"draws":[0,[2,4],9],"checksum":"5d1c2a90"}
 * </pre>
 *
 * {@code [a,b]} stands for a, a + 1, …, b; the checksum is that of a record, see {@link RecordChecksum}.
 */
final class DrawsFile {
    private static final String KEY = "draws";
    private static final JsonMapper JSON = JsonMapper.shared();

    private DrawsFile() {}

    static void write(Given given, Path file) throws IOException {
        if (!given.isInTurn()) {
            long[] draws = new long[given.count()];
            Arrays.setAll(draws, given::draw);
            String line = JSON.writeValueAsString(Map.of(KEY, NumberRuns.of(draws)));
            Files.writeString(file, RecordChecksum.seal(line) + "\n");
        }
    }

    /**
     * Samples with the numbers of their draws.
     *
     * @throws AutophageException with USAGE if the file says something else than one draw a sample
     */
    static Given read(Path file, Samples samples) {
        Optional<String> text;
        try {
            text = PlainFiles.text(file);
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        }
        return text.isEmpty() ? Given.inTurn(samples) : new Given(samples, draws(text.get(), file, samples.count()));
    }

    private static long[] draws(String text, Path file, int count) {
        JsonNode runs;
        try {
            runs = JSON.readTree(text).path(KEY);
        } catch (JacksonException e) {
            throw AutophageException.usage("%s is corrupt: %s".formatted(file, JsonErrors.reason(e)));
        }
        RecordChecksum.check(text.strip(), file.toString());
        long[] draws = NumberRuns.read(
                runs,
                count,
                run -> AutophageException.usage(
                        "%s is corrupt: %s is no draw, or too many for %d samples".formatted(file, run, count)));
        if (draws.length != count) {
            throw AutophageException.usage(
                    "%s is corrupt: it has %d draws for %d samples".formatted(file, draws.length, count));
        }
        return draws;
    }
}
