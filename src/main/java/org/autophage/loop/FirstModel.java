package org.autophage.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import org.autophage.base.AtomicFiles;
import org.autophage.base.DiskErrors;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.jspecify.annotations.Nullable;

/**
 * Generation 1's model, kept for all generations once one asked for it. In the process that trained it a copy is made by way of a
 * file, so that it needs no run folder that keeps models; a run that was resumed reads it back.
 */
final class FirstModel implements AutoCloseable {
    private final ModelFamily family;
    private final IntFunction<GenerativeModel> finished;
    private @Nullable GenerativeModel first;

    /** @param finished reads back the model of a finished generation, in a run that was resumed */
    FirstModel(ModelFamily family, IntFunction<GenerativeModel> finished) {
        this.family = family;
        this.finished = finished;
    }

    /** What a generation's stages may look at. */
    TurnModels with(int t, GenerativeModel own) {
        return new TurnModels() {
            @Override
            public GenerativeModel own() {
                return own;
            }

            @Override
            public GenerativeModel first() {
                return of(t, own);
            }
        };
    }

    private GenerativeModel of(int t, GenerativeModel own) {
        if (first == null) {
            first = t == 1 ? copy(own) : finished.apply(1);
        }
        return first;
    }

    private GenerativeModel copy(GenerativeModel model) {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            Path folder = Files.createTempDirectory("autophage-model-");
            try {
                model.save(folder);
                return family.load(folder);
            } finally {
                AtomicFiles.delete(folder);
            }
        } catch (IOException e) {
            throw DiskErrors.cannotWrite(temporary, e);
        }
    }

    @Override
    public void close() {
        if (first != null) {
            first.close();
            first = null;
        }
    }
}
