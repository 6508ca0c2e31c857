package org.autophage.model.transformer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Samples;
import org.autophage.data.Tokens;
import org.autophage.model.NetworkModel;
import org.autophage.model.NetworkTraining.Trained;
import org.autophage.model.SequenceModel;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/** A trained transformer. */
public final class TransformerModel extends NetworkModel implements SequenceModel {
    /** Probabilities of next tokens that are computed at a time, behind tokens of the filling too, if a sequence has no more (128 MiB). */
    private static final long AT_A_TIME = 1L << 24;

    private final TransformerProgram program;
    private final Tensor flat;

    TransformerModel(TransformerProgram program, Trained trained) {
        super(program, trained);
        this.program = program;
        this.flat = scope().floats(parameters(), parameters().length);
    }

    @Override
    public Tokens sample(int count, double bias, Seeds.Stream seeds, Work work) {
        return sample(new CachedTokens(program, flat), count, bias, seeds, work);
    }

    /** The same sequences in more time: the whole beginning of each is looked at again for each token. */
    public Tokens sampleUncached(int count, double bias, Seeds.Stream seeds, Work work) {
        return sample(new UncachedTokens(program, flat), count, bias, seeds, work);
    }

    private Tokens sample(DrawnTokens.Next next, int count, double bias, Seeds.Stream seeds, Work work) {
        DrawnTokens drawing = new DrawnTokens(program, next, bias);
        return program.sampling().run(count, work, number -> {
            try (Scope call = scope().newScope()) {
                return drawing.chunk(call, number, seeds.of(number));
            }
        });
    }

    /** −∞ where a token is none of the vocabulary; without tokens that are given. */
    @Override
    public double[] logDensity(Samples samples) {
        Tokens tokens = samples.tokens().orElseThrow();
        int count = tokens.count();
        // Sequences of like lengths are looked at together, so that there is little to fill.
        int[] order = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingInt(i -> tokens.length(0, i)))
                .mapToInt(i -> i)
                .toArray();
        double[] all = new double[count];
        long most = AT_A_TIME / program.shape().size();
        int from = 0;
        while (from < count) {
            int to = from + 1;
            while (to < count && (to + 1 - from) * (long) tokens.length(0, order[to]) <= most) {
                to++;
            }
            int[] positions = Arrays.copyOfRange(order, from, to);
            double[] part = logDensities(new PaddedTokens(program.shape(), tokens, positions));
            for (int i = 0; i < part.length; i++) {
                all[positions[i]] = part[i];
            }
            from = to;
        }
        return all;
    }

    private double[] logDensities(PaddedTokens padded) {
        double[] sums = new double[padded.count()];
        if (padded.longest() == 0) {
            return sums;
        }
        try (Scope call = scope().newScope()) {
            double[] each = program.runOf(padded.longest(), call, "observed", flat, padded.onDevice(call))
                    .toDoubles();
            for (int i = 0; i < sums.length; i++) {
                for (int k = program.shape().given(); k < padded.length(i); k++) {
                    sums[i] += padded.isKnown(i, k) ? each[i * padded.longest() + k] : Double.NEGATIVE_INFINITY;
                }
            }
        }
        return sums;
    }

    @Override
    public Tokens edited(Tokens real, double threshold, double bias, Seeds.Stream seeds, Work work) {
        int chunk = program.sampling().chunk();
        return program.sampling().run(real.count(), "editing", work, number -> {
            // Of a last chunk the last sequence stands for those that are cut off again.
            int[] positions = IntStream.range(number * chunk, (number + 1) * chunk)
                    .map(i -> Math.min(i, real.count() - 1))
                    .toArray();
            PaddedTokens padded = new PaddedTokens(program.shape(), real, positions);
            if (padded.longest() == 0) {
                return padded.sequences(new long[0]);
            }
            try (Scope call = scope().newScope()) {
                double[] uniform = padded.uniform(seeds.of(number));
                return padded.sequences(program.runOf(
                                padded.longest(),
                                call,
                                "edited",
                                flat,
                                padded.onDevice(call),
                                call.doubles(uniform, uniform.length, 1),
                                1 / bias,
                                threshold)
                        .toLongs());
            }
        });
    }
}
