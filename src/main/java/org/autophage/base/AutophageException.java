package org.autophage.base;

/**
 * An error meant for a person: its message is one line that says what is wrong, where, which value was found and what
 * would be right. The command line prints the message alone and exits with {@link #exitCode()}.
 */
public sealed class AutophageException extends RuntimeException permits WrongValue {
    private static final long serialVersionUID = 1L;

    /** More is cut out of the middle: what was wrong stands at the beginning, what would be right at the end. */
    private static final int LONGEST = 2000;

    private final ExitCode exitCode;

    public AutophageException(ExitCode exitCode, String message) {
        super(oneLine(message));
        this.exitCode = exitCode;
    }

    public AutophageException(ExitCode exitCode, String message, Throwable cause) {
        super(oneLine(message), cause);
        this.exitCode = exitCode;
    }

    /** An invalid spec, a wrong argument, a missing or corrupt input. */
    public static AutophageException usage(String message) {
        return new AutophageException(ExitCode.USAGE, message);
    }

    /** Something the machine refused: disk, lock, memory. */
    public static AutophageException failed(String message) {
        return new AutophageException(ExitCode.FAILED, message);
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    /** One line however the values look that it quotes. */
    private static String oneLine(String message) {
        String line = Printable.of(message);
        return line.length() <= LONGEST
                ? line
                : line.substring(0, LONGEST / 2) + " … " + line.substring(line.length() - LONGEST / 2);
    }
}
