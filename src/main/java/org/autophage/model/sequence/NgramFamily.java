package org.autophage.model.sequence;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.TokenShape;
import org.autophage.data.Tokens;
import org.autophage.data.TrainingSet;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.model.SavedArrays;
import org.autophage.model.Truncation;
import org.jspecify.annotations.Nullable;

/** Counts what stands behind what in training sets, as heavy as their sequences are weighted. */
record NgramFamily(MarkovSpec spec, TokenShape shape, TokenSampling sampling, Truncation truncation)
        implements ModelFamily {
    @Override
    public GenerativeModel train(
            TrainingSet training, @Nullable GenerativeModel previous, Seeds seeds, int generation, Work work) {
        Tokens tokens = CountedModels.tokens(training);
        double[] weights = training.weights().values(tokens.count());
        return model(IntStream.range(0, shape.replicas())
                .parallel()
                .mapToObj(replica -> NgramLaw.fit(spec, shape, tokens, replica, weights))
                .toList());
    }

    private NgramModel model(List<NgramLaw> laws) {
        return new NgramModel(spec, shape, laws, sampling, truncation);
    }

    @Override
    public GenerativeModel load(Path folder) {
        SavedArrays arrays = SavedArrays.read(folder);
        List<List<ContextRows>> levels = new ArrayList<>();
        for (int level = 0; level <= spec.order(); level++) {
            long[] grams = arrays.require("grams." + level).toLongs();
            double[] counts = arrays.require("counts." + level).toDoubles();
            long[] sizes = arrays.require("sizes." + level).toLongs();
            List<ContextRows> rows = new ArrayList<>();
            int from = 0;
            for (long size : sizes) {
                int to = from + Math.toIntExact(size);
                rows.add(new ContextRows(
                        shape.size(), Arrays.copyOfRange(grams, from, to), Arrays.copyOfRange(counts, from, to)));
                from = to;
            }
            levels.add(rows);
        }
        Contexts contexts = new Contexts(shape.size(), spec.order());
        return model(IntStream.range(0, shape.replicas())
                .mapToObj(replica -> new NgramLaw(
                        spec,
                        shape,
                        contexts,
                        levels.stream().map(rows -> rows.get(replica)).toList()))
                .toList());
    }
}
