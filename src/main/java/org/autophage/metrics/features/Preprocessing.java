package org.autophage.metrics.features;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.autophage.base.AutophageException;
import org.autophage.program.Graph;
import org.autophage.program.Graph.ElementType;
import org.autophage.program.Graph.Keyword;
import org.autophage.program.Pixels;
import org.autophage.program.Pixels.Interpolation;
import org.autophage.program.Value;

/**
 * What is done to images before a network gets them, in this order: grey becomes RGB, the size is changed (in float32,
 * antialiased, not rounded back to 8 bits as Pillow does), values are brought to a range, and mean and standard deviation
 * of each channel are taken out.
 *
 * @param size rows and columns of the squares that the network gets; 0 leaves images as they are
 * @param resize how pixels are weighed where the size changes
 * @param range the value of white; black is 0
 * @param mean taken off, one a channel, in units of the range
 * @param deviation divided by, one a channel, in units of the range
 */
public record Preprocessing(int size, Interpolation resize, double range, List<Double> mean, List<Double> deviation) {
    public static final Preprocessing DEFAULTS =
            new Preprocessing(0, Interpolation.BICUBIC, 1, List.of(0., 0., 0.), List.of(1., 1., 1.));

    /** As images are, with values from 0 to 255. */
    public static final Preprocessing RAW = DEFAULTS.with("range", "255");

    /** Means and deviations that have names: ImageNet's are torchvision's and DINOv2's, CLIP's are OpenAI's. */
    private static final Map<String, Map<String, String>> NAMED = Map.of(
            "mean", Map.of("imagenet", "0.485,0.456,0.406", "clip", "0.48145466,0.4578275,0.40821073"),
            "std", Map.of("imagenet", "0.229,0.224,0.225", "clip", "0.26862954,0.26130258,0.27577711"));

    private static final int CHANNELS = 3;
    private static final int LARGEST = 4096;

    /**
     * The same with one option set.
     *
     * @throws AutophageException (usage) naming the option if there is none of this name or the value is not possible
     */
    public Preprocessing with(String option, String value) {
        return switch (option) {
            case "size" -> new Preprocessing(size(value), resize, range, mean, deviation);
            case "resize" -> new Preprocessing(size, interpolation(value), range, mean, deviation);
            case "range" -> new Preprocessing(size, resize, range(value), mean, deviation);
            case "mean" -> new Preprocessing(size, resize, range, channels(option, value), deviation);
            case "std" -> new Preprocessing(size, resize, range, mean, channels(option, value));
            default ->
                throw AutophageException.usage(
                        "there is no option '%s' of features: must be size, resize, range, mean or std"
                                .formatted(option));
        };
    }

    /** For people, as short as possible: {@code RGB 224x224 bicubic in [0, 1], mean ..., std ...}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("RGB");
        if (size > 0) {
            text.append(String.format(
                    Locale.ROOT, " %dx%d %s", size, size, resize.name().toLowerCase(Locale.ROOT)));
        }
        text.append(String.format(Locale.ROOT, " in [0, %.0f]", range));
        if (!mean.equals(DEFAULTS.mean)) {
            text.append(" mean ").append(joined(mean));
        }
        if (!deviation.equals(DEFAULTS.deviation)) {
            text.append(" std ").append(joined(deviation));
        }
        return text.toString();
    }

    /** A method {@code prepare}: images as unsigned bytes (N, H, W, C) to float32 (N, 3, H, W). */
    Graph method() {
        Graph graph = new Graph("prepare");
        Value bytes = graph.input("images", Graph.ANY, Graph.ANY, Graph.ANY, Graph.ANY);
        Value x = bytes.to(ElementType.FLOAT32).transpose(1, 3).transpose(2, 3);
        long[] colour = {Graph.ANY, CHANNELS, Graph.ANY, Graph.ANY};
        x = graph.emit(colour, "torch.expand", x, new long[] {-1, CHANNELS, -1, -1});
        if (size > 0) {
            x = Pixels.resize(x, size, resize);
        }
        x = x.times(range / 255);
        if (!mean.equals(DEFAULTS.mean) || !deviation.equals(DEFAULTS.deviation)) {
            x = x.minus(constant(graph, mean, x)).dividedBy(constant(graph, deviation, x));
        }
        return graph.returns(graph.emit(x.dims(), "torch.contiguous", x));
    }

    private static Value constant(Graph graph, List<Double> channels, Value like) {
        return graph.emit(
                new long[] {1, CHANNELS, 1, 1},
                "torch.reshape",
                graph.emit(
                        new long[] {CHANNELS},
                        "torch.tensor",
                        channels,
                        new Keyword("dtype", ElementType.FLOAT32),
                        new Keyword("device", graph.device(like))),
                new long[] {1, CHANNELS, 1, 1});
    }

    private static String joined(List<Double> channels) {
        return channels.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static int size(String value) {
        try {
            int size = Integer.parseInt(value);
            if (size >= 1 && size <= LARGEST) {
                return size;
            }
        } catch (NumberFormatException none) {
            // refused below
        }
        throw wrong("size", value, "pixels from 1 to " + LARGEST);
    }

    private static Interpolation interpolation(String value) {
        return Arrays.stream(Interpolation.values())
                .filter(each -> each.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> wrong("resize", value, "bilinear or bicubic"));
    }

    private static double range(String value) {
        return switch (value) {
            case "1" -> 1;
            case "255" -> 255;
            default -> throw wrong("range", value, "1 or 255, the value of white");
        };
    }

    private static List<Double> channels(String option, String value) {
        Map<String, String> named = Objects.requireNonNull(NAMED.get(option));
        boolean divides = option.equals("std");
        try {
            List<Double> numbers = Arrays.stream(
                            named.getOrDefault(value, value).split(",", -1))
                    .map(Double::valueOf)
                    .toList();
            if (numbers.size() == CHANNELS
                    && numbers.stream().allMatch(each -> Double.isFinite(each) && (!divides || each > 0))) {
                return numbers;
            }
        } catch (NumberFormatException none) {
            // refused below
        }
        throw wrong(option, value, "imagenet, clip or three numbers such as 0.5,0.5,0.5" + (divides ? " above 0" : ""));
    }

    private static AutophageException wrong(String option, String value, String right) {
        return AutophageException.usage("option %s of features is '%s': must be %s".formatted(option, value, right));
    }
}
