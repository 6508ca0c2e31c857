package org.autophage.model;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.Npz;
import org.autophage.run.GenerationFolder;

/**
 * What a model that is fitted in closed form has learnt, as it is saved.
 *
 * @param folder of the model
 */
public record SavedArrays(Map<String, NpyArray> arrays, Path folder) {
    /** Reads those of a model's folder. */
    public static SavedArrays read(Path folder) {
        return new SavedArrays(Npz.read(new GenerationFolder(folder).parameters()), folder);
    }

    /** Writes them into a model's folder. */
    public void write() {
        Npz.write(new GenerationFolder(folder).parameters(), arrays);
    }

    /** One that not every model has. */
    public Optional<NpyArray> find(String name) {
        return Optional.ofNullable(arrays.get(name));
    }

    /**
     * One that every model has.
     *
     * @throws AutophageException (usage) if it is missing
     */
    public NpyArray require(String name) {
        return find(name)
                .orElseThrow(() -> AutophageException.usage(
                        "%s has no array '%s': it is not this model's".formatted(folder, name)));
    }
}
