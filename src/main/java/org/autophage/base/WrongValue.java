package org.autophage.base;

/**
 * A value that a person gave and that is not possible; it knows the key that it was given for. The key is written from the
 * top of a spec, {@code model.steps}, or, by parts that may stand in several places, from the part, {@code keep}.
 */
public final class WrongValue extends AutophageException {
    private static final long serialVersionUID = 1L;

    /** The key of a value that is not told what it is the value of. */
    public static final String ITSELF = "";

    private final String key;
    private final String problem;

    /**
     * @param key dotted; an option of the command line; or {@link #ITSELF}
     * @param problem the rest of a sentence that begins with the key, such as "is 0: must be at least 1"
     */
    public WrongValue(String key, String problem) {
        super(ExitCode.USAGE, (key.isEmpty() ? "the value" : key) + " " + problem);
        this.key = key;
        this.problem = problem;
    }

    /** A key with a value that it cannot have. */
    public static WrongValue of(String key, Object value, String reason) {
        return new WrongValue(key, "is " + value + ": " + reason);
    }

    public String key() {
        return key;
    }

    /** What is wrong, without the key. */
    public String problem() {
        return problem;
    }
}
