package org.autophage.program;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.autophage.base.AutophageException;
import org.autophage.program.SafeTensors.FloatArray;

/**
 * The trainable parameters of a network as views into one flat float32 buffer, so that gradient, optimizer state, moving
 * average and checkpoint are one tensor each. Every parameter starts at a multiple of {@value #ALIGNMENT} elements (256
 * bytes), so that views stay aligned for vectorized kernels; the gaps hold zeros and never get a gradient.
 */
public final class Parameters {
    /** Elements between possible starts of a parameter. */
    static final int ALIGNMENT = 64;

    /** As many as an array of Java has, less the last gap. */
    private static final long MOST_ELEMENTS = Integer.MAX_VALUE - 2L * ALIGNMENT;

    private final List<Parameter> all = new ArrayList<>();
    private final Map<String, Integer> positions = new HashMap<>();
    private long size;

    /**
     * One parameter.
     *
     * @param name unique, dots between levels, as in a PyTorch state dict
     * @param dims shape
     * @param offset of its first element in the flat buffer
     */
    public record Parameter(String name, long[] dims, long offset, Initializer initializer) {
        /** Number of elements. */
        public long count() {
            return Value.product(dims);
        }
    }

    /** Adds a parameter and returns the name of its view in the program. */
    String add(String name, long[] dims, Initializer initializer) {
        if (positions.putIfAbsent(name, all.size()) != null) {
            throw new IllegalArgumentException("parameter " + name + " is there already");
        }
        Parameter parameter = new Parameter(name, dims, size, initializer);
        if (parameter.count() > MOST_ELEMENTS - size) {
            throw AutophageException.usage(
                    "the section model asks for more than %d parameters, which is more than can be trained: make its network smaller"
                            .formatted(MOST_ELEMENTS));
        }
        all.add(parameter);
        size += padded(parameter.count());
        return "p" + (all.size() - 1);
    }

    /** Whether a method has declared a parameter of this name. */
    public boolean has(String name) {
        return positions.containsKey(name);
    }

    /** The name in the program of a parameter's view. */
    String view(String name) {
        return "p" + index(name);
    }

    long[] dims(String name) {
        return named(name).dims();
    }

    Parameter named(String name) {
        return all.get(index(name));
    }

    private int index(String name) {
        Integer position = positions.get(name);
        if (position == null) {
            throw new IllegalArgumentException("no method has declared parameter " + name);
        }
        return position;
    }

    /** The parameters of a flat buffer one by one, by name, for a file. */
    public Map<String, FloatArray> split(float[] flat) {
        Map<String, FloatArray> arrays = new LinkedHashMap<>();
        for (Parameter parameter : all) {
            int from = Math.toIntExact(parameter.offset());
            int to = from + Math.toIntExact(parameter.count());
            arrays.put(parameter.name(), new FloatArray(Arrays.copyOfRange(flat, from, to), parameter.dims()));
        }
        return arrays;
    }

    /**
     * The flat buffer again that {@link #split} took apart.
     *
     * @param file that the arrays are from, for the message
     * @throws AutophageException (usage) if one is missing or of another size
     */
    public float[] join(Map<String, FloatArray> arrays, Path file) {
        float[] flat = new float[Math.toIntExact(size)];
        for (Parameter parameter : all) {
            float[] elements = SafeTensors.require(arrays, parameter.name(), file);
            if (elements.length != parameter.count()) {
                throw AutophageException.usage("%s: %s has %d elements, the spec's model has %d there"
                        .formatted(file, parameter.name(), elements.length, parameter.count()));
            }
            System.arraycopy(elements, 0, flat, Math.toIntExact(parameter.offset()), elements.length);
        }
        return flat;
    }

    /** Elements of the flat buffer, gaps included. */
    public long size() {
        return size;
    }

    /** Trainable elements, gaps excluded. */
    public long count() {
        return all.stream().mapToLong(Parameter::count).sum();
    }

    public List<Parameter> all() {
        return List.copyOf(all);
    }

    /** Initial values of the whole buffer; the same on every machine for the same seed. */
    public float[] initialize(long seed) {
        float[] flat = new float[Math.toIntExact(size)];
        for (int i = 0; i < all.size(); i++) {
            Parameter parameter = all.get(i);
            // A stream a parameter: adding one to a network leaves the others' initial values as they were.
            SplittableRandom random = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (i + 1));
            parameter.initializer().fill(flat, Math.toIntExact(parameter.offset()), parameter.dims(), random);
        }
        return flat;
    }

    /** The lines that split the input {@code flat} into the views. */
    List<String> views() {
        List<String> lines = new ArrayList<>();
        if (all.isEmpty()) {
            return lines;
        }
        List<Long> sizes = new ArrayList<>();
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            long count = all.get(i).count();
            sizes.add(count);
            pieces.add(isVector(i) ? "p" + i : "s" + i);
            if (padded(count) > count) {
                sizes.add(padded(count) - count);
                pieces.add("gap" + i);
            }
        }
        String left = pieces.stream().map(piece -> piece + ", ").collect(Collectors.joining());
        lines.add(left + "= torch.split_with_sizes(flat, " + sizes + ", 0)");
        for (int i = 0; i < all.size(); i++) {
            if (!isVector(i)) {
                lines.add("p%d = torch.view(s%d, %s)"
                        .formatted(i, i, Arrays.toString(all.get(i).dims())));
            }
        }
        return lines;
    }

    /** Whether a parameter's piece of the flat buffer has its shape already: a view less to differentiate. */
    private boolean isVector(int i) {
        return all.get(i).dims().length == 1;
    }

    private static long padded(long count) {
        return (count + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
