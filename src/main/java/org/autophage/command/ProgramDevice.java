package org.autophage.command;

import java.util.List;
import java.util.Map;

/**
 * What a program may compute on, in the words of PyTorch.
 *
 * @param name cpu, or cuda, the only card that it sees
 * @param environment which makes it so
 */
public record ProgramDevice(String name, Map<String, String> environment) {
    private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

    /** The processor alone. */
    public static final ProgramDevice CPU = new ProgramDevice("cpu", Map.of(VISIBLE, ""));

    /**
     * A device of this process.
     *
     * @param device cpu or gpu:N
     */
    public static ProgramDevice of(String device) {
        if (!device.startsWith("gpu:")) {
            return CPU;
        }
        int index = Integer.parseInt(device.substring("gpu:".length()));
        String seen = System.getenv(VISIBLE);
        List<String> cards = seen == null || seen.isBlank() ? List.of() : List.of(seen.split(","));
        String card = index < cards.size() ? cards.get(index).strip() : "" + index;
        return new ProgramDevice("cuda", Map.of(VISIBLE, card));
    }
}
