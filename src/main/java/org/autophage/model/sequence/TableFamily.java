package org.autophage.model.sequence;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.TokenShape;
import org.autophage.data.TokenTable;
import org.autophage.data.Tokens;
import org.autophage.data.TrainingSet;
import org.autophage.data.npy.NpyArray;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.model.SavedArrays;
import org.autophage.model.Truncation;
import org.jspecify.annotations.Nullable;

/**
 * Fits tables: of single tokens one row, of pairs whose first token is given a row for each. The fit is the most likely one,
 * q = c/n with c the token's count in its row and n the row's, or, smoothed, q = (c + a)/(n + aV).
 *
 * @param smoothing a
 */
record TableFamily(TokenShape shape, double smoothing, TokenSampling sampling, Truncation truncation)
        implements ModelFamily {
    @Override
    public GenerativeModel train(
            TrainingSet training, @Nullable GenerativeModel previous, Seeds seeds, int generation, Work work) {
        Tokens tokens = CountedModels.tokens(training);
        double[] weights = training.weights().values(tokens.count());
        int rows = shape.given() == 0 ? 1 : shape.size();
        int size = shape.size();
        double[] table = new double[Math.multiplyExact(Math.multiplyExact(shape.replicas(), rows), size)];
        IntStream.range(0, shape.replicas()).parallel().forEach(replica -> {
            int first = replica * tokens.count();
            for (int i = 0; i < tokens.count(); i++) {
                int cell = CountedModels.cell(shape, tokens.values(), tokens.starts()[first + i]);
                table[replica * rows * size + cell] += weights[i];
            }
            for (int row = 0; row < rows; row++) {
                normalize(table, (replica * rows + row) * size);
            }
        });
        return new TableModel(shape, new TokenTable(shape.replicas(), rows, size, table), sampling, truncation);
    }

    /** A row of which nothing was seen is uniform. */
    private void normalize(double[] table, int from) {
        int size = shape.size();
        double sum = 0;
        for (int i = from; i < from + size; i++) {
            sum += table[i];
        }
        double total = sum + smoothing * size;
        for (int i = from; i < from + size; i++) {
            table[i] = total > 0 ? (table[i] + smoothing) / total : 1.0 / size;
        }
    }

    @Override
    public GenerativeModel load(Path folder) {
        NpyArray array = SavedArrays.read(folder).require(TableModel.ARRAY);
        int[] dims = array.shape();
        return new TableModel(
                shape, new TokenTable(dims[0], dims[1], dims[2], array.toDoubles()), sampling, truncation);
    }
}
