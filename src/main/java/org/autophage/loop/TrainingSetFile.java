package org.autophage.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.JsonErrors;
import org.autophage.base.PlainFiles;
import org.autophage.data.Dataset;
import org.autophage.data.Origins;
import org.autophage.data.Samples;
import org.autophage.data.TrainingSet;
import org.autophage.measure.Composition;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * training-set.json: the composition of a training set and the ids of all its images, in the order of training. Example:
 *
 * <pre>
 * {"fixedReal":3,"freshReal":0,"synthetic":4,
 *  "images":[{"real":[[17,18],4]},
 *            {"generation":1,"numbers":[0,[2,4]]}]}
 * </pre>
 *
 * {@code heldOut}, how many of the images were held out from the training by early stopping, is there where some were;
 * {@code weightReal}, the real images' share of the total weight, is there where not all images weigh alike;
 * {@code real} are indices in the dataset, {@code numbers} are positions in samples-00000.npz of the generation;
 * {@code draws}, where a generation gave a choice of its model's draws, are their numbers among all that were drawn;
 * {@code [a,b]} stands for a, a + 1, …, b.
 */
public final class TrainingSetFile {
    private static final String IMAGES = "images";
    private static final String REAL = "real";
    private static final String GENERATION = "generation";
    private static final String NUMBERS = "numbers";
    private static final JsonMapper JSON = JsonMapper.shared();

    private TrainingSetFile() {}

    /** @param heldOut how many of the samples were not trained on, but decided when the training ended */
    static String toJson(TrainingSet training, int heldOut) {
        Map<String, Object> file = new LinkedHashMap<>(training.composition().toMap());
        if (heldOut > 0) {
            file.put("heldOut", heldOut);
        }
        if (training.weights().realShare() != null) {
            file.put("weightReal", training.weights().realShare());
        }
        file.put(IMAGES, images(training.origins()));
        return JSON.writeValueAsString(file) + "\n";
    }

    private static List<Map<String, Object>> images(Origins origins) {
        List<Map<String, Object>> images = new ArrayList<>();
        for (OriginBlock block : OriginBlock.of(origins)) {
            Map<String, Object> entry = new LinkedHashMap<>();
            if (!block.isReal()) {
                entry.put(GENERATION, block.generation());
            }
            entry.put(block.isReal() ? REAL : NUMBERS, NumberRuns.of(block.numbers()));
            if (!Arrays.equals(block.draws(), block.numbers())) {
                entry.put("draws", NumberRuns.of(block.draws()));
            }
            images.add(entry);
        }
        return images;
    }

    /**
     * The samples of a training set again, in the order of training.
     *
     * @param file training-set.json of a generation
     * @param generation t, counted from 1, as which its dataset gave fresh samples
     * @param dataset of the run
     * @param given reads back what an earlier generation gave to later ones
     * @throws AutophageException (usage) if the file is missing or corrupt, or asks for samples that are not there
     */
    public static Samples read(Path file, int generation, Dataset dataset, IntFunction<Samples> given) {
        JsonNode root = parse(file);
        Composition composition = Composition.read(root);
        if (composition.toMap().values().stream().anyMatch(count -> count < 0)) {
            throw corrupt(file, "it counts " + composition.toMap());
        }
        int left = composition.total();
        int fixed = composition.fixedReal();
        List<Samples> parts = new ArrayList<>();
        for (JsonNode block : root.path(IMAGES)) {
            int from = block.path(GENERATION).asInt(Origins.REAL);
            int room = left;
            long[] numbers = NumberRuns.read(
                    block.path(from == Origins.REAL ? REAL : NUMBERS),
                    room,
                    run -> corrupt(file, "%s is no sample, or too many for %d".formatted(run, composition.total())));
            left -= numbers.length;
            if (from == Origins.REAL) {
                int first = Math.min(fixed, numbers.length);
                addReal(Arrays.copyOf(numbers, first), dataset, file, parts);
                addReal(Arrays.copyOfRange(numbers, first, numbers.length), dataset.at(generation), file, parts);
                fixed -= first;
            } else if (numbers.length > 0) {
                Samples samples = given.apply(from);
                parts.add(samples.select(LongStream.of(numbers)
                        .mapToInt(number -> (int) within(number, samples.count(), file))
                        .toArray()));
            }
        }
        if (left != 0 || parts.isEmpty()) {
            throw corrupt(file, "it has %d of %d samples".formatted(composition.total() - left, composition.total()));
        }
        return Samples.concatenate(parts);
    }

    /**
     * The generations whose samples a training set has.
     *
     * @throws AutophageException (usage) if the file is missing or corrupt
     */
    public static List<Integer> generations(Path file) {
        return parse(file)
                .path(IMAGES)
                .valueStream()
                .map(block -> block.path(GENERATION).asInt(Origins.REAL))
                .filter(generation -> generation != Origins.REAL)
                .distinct()
                .toList();
    }

    private static void addReal(long[] numbers, Dataset dataset, Path file, List<Samples> parts) {
        if (numbers.length > 0) {
            LongStream.of(numbers).forEach(number -> within(number, dataset.available(), file));
            parts.add(dataset.real(numbers));
        }
    }

    private static long within(long number, long count, Path file) {
        if (number >= count) {
            throw corrupt(file, "it names sample %d of %d".formatted(number, count));
        }
        return number;
    }

    private static JsonNode parse(Path file) {
        try {
            return PlainFiles.text(file)
                    .map(JSON::readTree)
                    .orElseThrow(() -> AutophageException.usage(
                            file + " is missing, which says what the generation was trained on"));
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        } catch (JacksonException e) {
            throw corrupt(file, JsonErrors.reason(e));
        }
    }

    private static AutophageException corrupt(Path file, String what) {
        return AutophageException.usage("%s is corrupt: %s".formatted(file, what));
    }
}
