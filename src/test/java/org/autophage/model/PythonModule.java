package org.autophage.model;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;

/** Modules of Python that some tests need, and a machine need not have. */
public final class PythonModule {
    private PythonModule() {}

    /** Skips the test where python3 has no such module, and says so. */
    public static void assume(String name) throws InterruptedException {
        Assumptions.assumeTrue(isThere(name), "python3 with %s is not here: skipped".formatted(name));
    }

    private static boolean isThere(String name) throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", "import " + name)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
