package org.autophage.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --seed N}, a short way to write an override. */
final class SeedOption {
    @Option(names = "--seed", paramLabel = "N", description = "The same as seeds='[N]'; may be given several times.")
    private @Nullable List<Long> seeds;

    /** The overrides with this one after them, if it was given. */
    List<String> after(List<String> overrides) {
        List<String> all = new ArrayList<>(overrides);
        if (seeds != null) {
            all.add("seeds=" + seeds);
        }
        return all;
    }
}
