package org.autophage.model.sequence;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.CounterRandom;
import org.autophage.data.Discrete;
import org.autophage.data.Samples;
import org.autophage.data.TokenShape;
import org.autophage.data.TokenTable;
import org.autophage.data.Tokens;
import org.autophage.data.npy.NpyArray;
import org.autophage.model.SavedArrays;
import org.autophage.model.SequenceModel;
import org.autophage.model.Truncation;

/**
 * A batch of n-gram models, a law a replica.
 *
 * @param laws one a replica
 */
record NgramModel(MarkovSpec spec, TokenShape shape, List<NgramLaw> laws, TokenSampling sampling, Truncation truncation)
        implements SequenceModel {
    /** Probabilities of tempered laws that are kept, of all replicas. */
    private static final int KEPT = 1 << 24;

    @Override
    public Tokens sample(int count, double bias, Seeds.Stream seeds, Work work) {
        if (bias == 1 && truncation.isNone()) {
            return sampling.run(
                    count, seeds, work, (replica, index, random) -> drawn(replica, random, laws.get(replica)::draw));
        }
        int most = Math.max(1, KEPT / shape.size() / laws.size());
        List<Map<Long, Discrete>> known = IntStream.range(0, laws.size())
                .<Map<Long, Discrete>>mapToObj(replica -> new ConcurrentHashMap<>())
                .toList();
        return sampling.run(
                count,
                seeds,
                work,
                (replica, index, random) -> drawn(replica, random, (context, next) -> {
                    Map<Long, Discrete> own = known.get(replica);
                    Discrete law = own.get(context);
                    if (law == null) {
                        law = tempered(replica, context, bias);
                        if (own.size() < most) {
                            own.put(context, law);
                        }
                    }
                    return law.at(next.uniform());
                }));
    }

    @Override
    public Tokens edited(Tokens real, double threshold, double bias, Seeds.Stream seeds, Work work) {
        return sampling.edit(real, seeds, work, (replica, index, random) -> {
            NgramLaw law = laws.get(replica);
            int[] original = real.sequence(replica, index);
            int[] sequence = original.clone();
            long context = law.contexts().first(shape.start());
            for (int i = 0; i < original.length; i++) {
                if (original[i] != shape.end() && law.probability(context, original[i]) >= threshold) {
                    sequence[i] = CountedModels.withoutEnd(law.law(context), shape, bias, truncation)
                            .at(random.uniform());
                }
                context = law.contexts().next(context, original[i]);
            }
            return sequence;
        });
    }

    private Discrete tempered(int replica, long context, double bias) {
        double[] law = laws.get(replica).law(context);
        CountedModels.temper(law, 0, law.length, bias, truncation);
        return new Discrete(law, 0, law.length);
    }

    /** Draws the token behind a context. */
    @FunctionalInterface
    private interface Next {
        int token(long context, CounterRandom random);
    }

    private int[] drawn(int replica, CounterRandom random, Next next) {
        Contexts contexts = laws.get(replica).contexts();
        long context = contexts.first(shape.start());
        int[] sequence = new int[shape.length()];
        for (int i = 0; i < sequence.length; i++) {
            sequence[i] = next.token(context, random);
            if (sequence[i] == shape.end()) {
                return Arrays.copyOf(sequence, i + 1);
            }
            context = contexts.next(context, sequence[i]);
        }
        return sequence;
    }

    /** The rows of a bigram model; nothing of others, nor of sequences that end by themselves. */
    @Override
    public Optional<TokenTable> table() {
        if (spec.order() != 1 || shape.ends()) {
            return Optional.empty();
        }
        int size = shape.size();
        double[] rows = new double[Math.multiplyExact(laws.size(), Math.multiplyExact(size, size))];
        for (int row = 0; row < laws.size() * size; row++) {
            System.arraycopy(laws.get(row / size).law(row % size), 0, rows, row * size, size);
        }
        return Optional.of(new TokenTable(laws.size(), size, size, rows));
    }

    /** A sequence that was cut at the greatest length is as probable as all that begin with it. */
    @Override
    public double[] logDensity(Samples samples) {
        Tokens tokens = samples.tokens().orElseThrow();
        double[] logs = new double[laws.size() * tokens.count()];
        IntStream.range(0, logs.length).parallel().forEach(i -> {
            NgramLaw law = laws.get(i / tokens.count());
            long context = law.contexts().first(shape.start());
            for (int at = tokens.starts()[i % tokens.count()]; at < tokens.starts()[i % tokens.count() + 1]; at++) {
                int token = tokens.values()[at];
                logs[i] += Math.log(law.probability(context, token));
                context = law.contexts().next(context, token);
            }
        });
        return logs;
    }

    @Override
    public void save(Path folder) {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        for (int each = 0; each <= spec.order(); each++) {
            int level = each;
            List<ContextRows> rows =
                    laws.stream().map(law -> law.levels().get(level)).toList();
            long[] grams = rows.stream()
                    .flatMapToLong(row -> Arrays.stream(row.grams()))
                    .toArray();
            double[] counts = rows.stream()
                    .flatMapToDouble(row -> Arrays.stream(row.counts()))
                    .toArray();
            int[] sizes = rows.stream().mapToInt(row -> row.grams().length).toArray();
            arrays.put("grams." + level, NpyArray.ofLongs(grams, grams.length));
            arrays.put("counts." + level, NpyArray.ofDoubles(counts, counts.length));
            arrays.put("sizes." + level, NpyArray.ofInts(sizes, sizes.length));
        }
        new SavedArrays(arrays, folder).write();
    }

    @Override
    public void close() {}
}
