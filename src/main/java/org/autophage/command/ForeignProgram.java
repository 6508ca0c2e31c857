package org.autophage.command;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autophage.base.AutophageException;
import org.autophage.base.Sha256;
import org.autophage.base.Trust;
import org.autophage.base.WrongValue;

/**
 * A program that somebody else wrote, in whatever language.
 *
 * @param words its name, found as a shell finds it, and its arguments; no shell looks at them
 */
public record ForeignProgram(List<String> words) {
    private static final Pattern WORD = Pattern.compile("\\s*(?:'([^']*)'|\"([^\"]*)\"|([^\\s'\"]+))");

    public ForeignProgram {
        words = List.copyOf(words);
    }

    /**
     * Reads words with blanks between them; a word in quotes may have blanks.
     *
     * @param key what the text is the value of, for messages
     * @throws WrongValue if there is no word, or a quote without its partner
     */
    public static ForeignProgram parse(String key, String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        int at = 0;
        while (!text.substring(at).isBlank()) {
            if (!word.find(at) || word.start() != at) {
                throw WrongValue.of(key, "'" + text + "'", "must be a command whose quotes come in pairs");
            }
            words.add(Arrays.asList(word.group(1), word.group(2), word.group(3)).stream()
                    .filter(each -> each != null)
                    .findFirst()
                    .orElseThrow());
            at = word.end();
        }
        ForeignProgram program = new ForeignProgram(words);
        program.checkWords(key);
        return program;
    }

    /**
     * Looks at the words alone.
     *
     * @throws WrongValue if there is none, or one that no program can be given
     */
    public void checkWords(String key) {
        if (words.isEmpty() || words.get(0).isBlank()) {
            throw WrongValue.of(
                    key, words.isEmpty() ? "empty" : words, "must be a command, such as [python3, train.py]");
        }
        if (words.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
            throw WrongValue.of(key, words, "no word can have a character of number 0");
        }
    }

    /**
     * Looks whether it is there and may run, before any work.
     *
     * @param key that names it
     * @throws AutophageException (usage) if it is not there, cannot be run, or is not trusted
     */
    public void check(String key, Trust trust) {
        if (executable().isEmpty()) {
            throw AutophageException.usage("%s: '%s' is no program that can be run here: %s"
                    .formatted(key, words.get(0), whyNot(words.get(0))));
        }
        files().forEach(Sha256::of); // which refuses what cannot be read
        trust.requireCommand("%s, %s,".formatted(key, this), hash());
    }

    private static String whyNot(String name) {
        if (!name.contains("/")) {
            return "there is none of this name in any folder of PATH";
        }
        Path file = Path.of(name);
        return !Files.exists(file)
                ? "there is no such file"
                : Files.isDirectory(file) ? "it is a folder" : "the file is not executable, which chmod +x makes it";
    }

    /** The file that is run; empty where there is none. */
    private Optional<Path> executable() {
        String name = words.get(0);
        if (name.contains("/")) {
            return Optional.of(Path.of(name)).filter(ForeignProgram::canRun);
        }
        String path = System.getenv("PATH");
        return Arrays.stream((path == null ? "" : path).split(File.pathSeparator))
                .map(folder -> Path.of(folder.isEmpty() ? "." : folder).resolve(name))
                .filter(ForeignProgram::canRun)
                .findFirst();
    }

    private static boolean canRun(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /** The files that its words name, such as a script: all but what PATH finds. */
    List<Path> files() {
        return words.stream()
                .skip(words.get(0).contains("/") ? 0 : 1)
                .filter(word -> !word.isBlank())
                .map(Path::of)
                .filter(Files::isRegularFile)
                .toList();
    }

    /**
     * What it is known by: SHA-256 of its words and of the content of every file that is one of them. What these read or
     * import in turn is not in it.
     */
    public String hash() {
        StringBuilder all = new StringBuilder();
        words.forEach(word -> all.append(word.length()).append(':').append(word).append('\n'));
        files().forEach(file -> all.append(Sha256.of(file)).append('\n'));
        return Sha256.of(all.toString());
    }

    /** The words with blanks between them, quoted where one has blanks of its own. */
    @Override
    public String toString() {
        return String.join(
                " ",
                words.stream()
                        .map(word -> word.isEmpty() || word.matches("(?s).*\\s.*") ? "'" + word + "'" : word)
                        .toList());
    }
}
