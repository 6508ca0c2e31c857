package org.autophage.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autophage.data.Origins;
import org.autophage.data.TrainingSet;
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
final class TrainingSetFile {
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
        file.put("images", images(training.origins()));
        return JSON.writeValueAsString(file) + "\n";
    }

    private static List<Map<String, Object>> images(Origins origins) {
        List<Map<String, Object>> images = new ArrayList<>();
        for (OriginBlock block : OriginBlock.of(origins)) {
            Map<String, Object> entry = new LinkedHashMap<>();
            if (!block.isReal()) {
                entry.put("generation", block.generation());
            }
            entry.put(block.isReal() ? "real" : "numbers", runs(block.numbers()));
            if (!Arrays.equals(block.draws(), block.numbers())) {
                entry.put("draws", runs(block.draws()));
            }
            images.add(entry);
        }
        return images;
    }

    /** Numbers, with each run of consecutive ones as a pair of its first and last. */
    static List<Object> runs(long[] numbers) {
        List<Object> runs = new ArrayList<>();
        int at = 0;
        while (at < numbers.length) {
            int last = at;
            while (last + 1 < numbers.length && numbers[last + 1] == numbers[last] + 1) {
                last++;
            }
            runs.add(last == at ? (Object) numbers[at] : List.of(numbers[at], numbers[last]));
            at = last + 1;
        }
        return runs;
    }
}
