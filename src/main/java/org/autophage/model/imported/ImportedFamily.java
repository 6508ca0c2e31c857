package org.autophage.model.imported;

import java.nio.file.Path;
import org.autophage.base.AutophageException;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.TrainingSet;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.jspecify.annotations.Nullable;

/** No models: whoever wants one is told where they are. */
final class ImportedFamily implements ModelFamily {
    @Override
    public GenerativeModel train(
            TrainingSet training, @Nullable GenerativeModel previous, Seeds seeds, int generation, Work work) {
        throw none();
    }

    @Override
    public GenerativeModel load(Path folder) {
        throw none();
    }

    private static AutophageException none() {
        return AutophageException.usage(
                "model.kind is imported: its samples are here, but its models are with the program that trained them");
    }
}
