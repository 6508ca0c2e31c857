package org.autophage.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;

/** A program as it was when a process began to use it. */
public final class KnownProgram {
    private final ForeignProgram program;
    private final String hash;
    private List<String> stamps;

    public KnownProgram(ForeignProgram program) {
        this.program = program;
        this.stamps = stamps(program);
        this.hash = program.hash();
    }

    /** What it is known by, {@link ForeignProgram#hash}. */
    public String hash() {
        return hash;
    }

    /**
     * Looks whether it still is what it was; files are read only where their size or time is another one.
     *
     * @param key that names it
     * @throws AutophageException (usage) if it has changed
     */
    public void requireUnchanged(String key) {
        List<String> now = stamps(program);
        if (now.equals(stamps)) {
            return;
        }
        if (!program.hash().equals(hash)) {
            throw AutophageException.usage(
                    "%s: a file of %s was changed while the run went on: a run has one program; put back what it was, or begin another run"
                            .formatted(key, program));
        }
        stamps = now;
    }

    private static List<String> stamps(ForeignProgram program) {
        List<String> stamps = new ArrayList<>();
        for (Path file : program.files()) {
            try {
                stamps.add("%s %d %s".formatted(file, Files.size(file), Files.getLastModifiedTime(file)));
            } catch (IOException e) {
                throw DiskErrors.cannotRead(file, e);
            }
        }
        return stamps;
    }
}
