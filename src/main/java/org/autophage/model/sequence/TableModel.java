package org.autophage.model.sequence;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Density;
import org.autophage.data.Discrete;
import org.autophage.data.Samples;
import org.autophage.data.TokenShape;
import org.autophage.data.TokenTable;
import org.autophage.data.Tokens;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.Npz;
import org.autophage.model.GenerativeModel;
import org.autophage.model.TokenEditing;
import org.autophage.model.Truncation;

/** A batch of tables, each of which is the law that it has learnt. */
record TableModel(TokenShape shape, TokenTable learnt, TokenSampling sampling, Truncation truncation)
        implements GenerativeModel, TokenEditing, Density {
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
            int row = shape.given() == 0 ? 0 : sequence[0];
            int token = sequence[shape.given()];
            if (learnt.probabilities()[learnt.start(replica, row) + token] >= threshold) {
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
    public Optional<Density> density() {
        return Optional.of(this);
    }

    @Override
    public Optional<TokenTable> table() {
        return Optional.of(learnt);
    }

    @Override
    public boolean hasLikelihood() {
        return true;
    }

    @Override
    public double[] logDensity(Samples samples) {
        Tokens tokens = samples.tokens().orElseThrow();
        double[] logs = new double[learnt.replicas() * tokens.count()];
        for (int i = 0; i < logs.length; i++) {
            int at = tokens.starts()[i % tokens.count()];
            int row = shape.given() == 0 ? 0 : tokens.values()[at];
            int token = tokens.values()[at + shape.given()];
            logs[i] = Math.log(learnt.probabilities()[learnt.start(i / tokens.count(), row) + token]);
        }
        return logs;
    }

    @Override
    public void save(Path folder) {
        NpyArray array = NpyArray.ofDoubles(learnt.probabilities(), learnt.replicas(), learnt.rows(), learnt.size());
        Npz.write(folder.resolve(CountedModels.FILE), Map.of(ARRAY, array));
    }

    @Override
    public void close() {}
}
