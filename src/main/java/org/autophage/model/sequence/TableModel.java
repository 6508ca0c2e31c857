package org.autophage.model.sequence;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Discrete;
import org.autophage.data.Samples;
import org.autophage.data.TokenShape;
import org.autophage.data.TokenTable;
import org.autophage.data.Tokens;
import org.autophage.data.npy.NpyArray;
import org.autophage.model.SavedArrays;
import org.autophage.model.SequenceModel;
import org.autophage.model.Truncation;

/** A batch of tables, each of which is the law that it has learnt. */
record TableModel(TokenShape shape, TokenTable learnt, TokenSampling sampling, Truncation truncation)
        implements SequenceModel {
    static final String ARRAY = "probabilities";

    @Override
    public Tokens sample(int count, double bias, Seeds.Stream seeds, Work work) {
        Discrete[] laws = laws(bias);
        int rows = learnt.rows();
        return sampling.run(count, seeds, work, (replica, index, random) -> {
            if (shape.given() == 0) {
                return new int[] {laws[replica].at(random.uniform())};
            }
            int row = index % rows;
            return new int[] {row, laws[replica * rows + row].at(random.uniform())};
        });
    }

    @Override
    public Tokens edited(Tokens real, double threshold, double bias, Seeds.Stream seeds, Work work) {
        Discrete[] laws = laws(bias);
        return sampling.edit(real, seeds, work, (replica, index, random) -> {
            int[] sequence = real.sequence(replica, index);
            int cell = CountedModels.cell(shape, sequence, 0);
            if (learnt.probabilities()[learnt.start(replica, 0) + cell] >= threshold) {
                int row = cell / learnt.size();
                sequence[shape.given()] = laws[replica * learnt.rows() + row].at(random.uniform());
            }
            return sequence;
        });
    }

    /** Every row of every replica, as it is drawn from. */
    private Discrete[] laws(double bias) {
        Discrete[] laws = new Discrete[learnt.replicas() * learnt.rows()];
        IntStream.range(0, laws.length).parallel().forEach(row -> {
            double[] law = new double[learnt.size()];
            System.arraycopy(learnt.probabilities(), row * learnt.size(), law, 0, law.length);
            CountedModels.temper(law, 0, law.length, bias, truncation);
            laws[row] = new Discrete(law, 0, law.length);
        });
        return laws;
    }

    @Override
    public Optional<TokenTable> table() {
        return Optional.of(learnt);
    }

    @Override
    public double[] logDensity(Samples samples) {
        Tokens tokens = samples.tokens().orElseThrow();
        double[] logs = new double[learnt.replicas() * tokens.count()];
        for (int i = 0; i < logs.length; i++) {
            int cell = CountedModels.cell(shape, tokens.values(), tokens.starts()[i % tokens.count()]);
            logs[i] = Math.log(learnt.probabilities()[learnt.start(i / tokens.count(), 0) + cell]);
        }
        return logs;
    }

    @Override
    public void save(Path folder) {
        NpyArray array = NpyArray.ofDoubles(learnt.probabilities(), learnt.replicas(), learnt.rows(), learnt.size());
        new SavedArrays(Map.of(ARRAY, array), folder).write();
    }

    @Override
    public void close() {}
}
