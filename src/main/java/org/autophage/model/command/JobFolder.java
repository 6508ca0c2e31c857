package org.autophage.model.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.autophage.base.AtomicFiles;
import org.autophage.base.DiskErrors;
import org.autophage.base.PlainFiles;
import org.autophage.base.Work;
import org.autophage.command.Job;
import org.autophage.command.TemporaryFolder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a program works: beside the checkpoints of a generation, where it stays for the next process, or in a folder that goes when it
 * is closed.
 */
final class JobFolder implements AutoCloseable {
    private final Path path;
    private final boolean stays;
    private final TemporaryFolder temporary = new TemporaryFolder();

    private JobFolder(Optional<Path> kept) {
        this.stays = kept.isPresent();
        this.path = kept.orElseGet(temporary::newFolder).toAbsolutePath();
    }

    /** @param phase of the generation that the work belongs to */
    static JobFolder of(Work work, String phase) {
        return new JobFolder(work.checkpoints().folder(phase));
    }

    Path path() {
        return path;
    }

    /** Whether it is there when it is closed. */
    boolean stays() {
        return stays;
    }

    /**
     * Makes the folder one for a job: what is left there of another one is deleted.
     *
     * @param besides keys of the request that may differ, such as names of temporary folders
     */
    void clearUnlessOf(Job job, List<String> besides) {
        if (!same(job.request(), besides, job.requestFile())) {
            AtomicFiles.delete(path);
            AtomicFiles.makeFolder(path);
            job.write();
        }
    }

    private static boolean same(ObjectNode request, List<String> besides, Path file) {
        try {
            Optional<String> earlier = PlainFiles.text(file);
            if (earlier.isEmpty()) {
                return false;
            }
            JsonNode read = JsonMapper.shared().readTree(earlier.get());
            JsonNode now = JsonMapper.shared().readTree(request.toString()); // so that both are read alike
            return read instanceof ObjectNode before
                    && now instanceof ObjectNode after
                    && before.without(besides).equals(after.without(besides));
        } catch (JacksonException damaged) {
            return false;
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        }
    }

    @Override
    public void close() {
        temporary.close();
    }
}
