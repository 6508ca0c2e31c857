package org.autophage.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.JsonErrors;
import org.autophage.base.PlainFiles;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * classes.json: what the classes of a run's images are called where they come from, and how its sample grids show them. Runs
 * of points, and those of earlier versions, have none.
 *
 * @param names of classes 0, 1, …
 * @param real how many real images outside the holdout each class has; null for a dataset that never runs out
 * @param grid how classes lie in a sample grid; null where the model is not told them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunClasses(List<String> names, @Nullable List<Integer> real, @Nullable Grid grid) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * The layout of a sample grid.
     *
     * @param columns images in a row
     * @param grouped whether classes follow each other, all images of one together; otherwise they take turns, row by row
     * @param shown how many images of each class there are
     */
    public record Grid(int columns, boolean grouped, List<Integer> shown) {}

    public RunClasses {
        names = List.copyOf(names);
    }

    /** Reads the file; nothing if it does not exist. */
    public static Optional<RunClasses> read(Path file) {
        try {
            Optional<RunClasses> found = PlainFiles.text(file).map(text -> JSON.readValue(text, RunClasses.class));
            if (found.isEmpty() && PlainFiles.isThere(file)) {
                throw AutophageException.usage(file + " is no list of classes: it is null");
            }
            return found;
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        } catch (JacksonException e) {
            throw AutophageException.usage("%s is no list of classes: %s".formatted(file, JsonErrors.reason(e)));
        }
    }

    /** Writes the file whole. */
    public void write(Path file) {
        AtomicFiles.writeText(file, JSON.writeValueAsString(this) + "\n");
    }
}
