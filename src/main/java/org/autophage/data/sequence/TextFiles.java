package org.autophage.data.sequence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.PlainFiles;
import org.autophage.data.FolderFiles;

/** Reads text of one's own in UTF-8. A byte order mark is dropped, and the ends of lines become those of Unix. */
final class TextFiles {
    private static final String ENDING = ".txt";
    private static final long MOST_BYTES = 1L << 27;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TextFiles() {}

    /**
     * Reads a file, or all files of a folder and below it whose names end with .txt, sorted by path. A file that does not end with a line
     * break gets one if another follows.
     *
     * @throws AutophageException (usage) if there is none, or one that is no text in UTF-8, or more than 128 MiB, or nothing in them
     */
    static TextContent read(Path place) {
        List<Path> files = Files.isDirectory(place) ? below(place) : List.of(place);
        requireSize(place, files);
        StringBuilder text = new StringBuilder();
        List<Integer> starts = new ArrayList<>();
        for (Path file : files) {
            String next = text(file);
            if (!next.isEmpty() && text.length() > 0 && text.charAt(text.length() - 1) != '\n') {
                text.append('\n');
            }
            starts.add(text.length());
            text.append(next);
        }
        if (text.length() == 0) {
            throw AutophageException.usage(
                    "%s is empty: must have text in UTF-8%s".formatted(place, files.size() > 1 ? " in its files" : ""));
        }
        return new TextContent(place, text.toString(), files, starts);
    }

    private static List<Path> below(Path folder) {
        List<Path> files = new ArrayList<>();
        try {
            FolderFiles.visit(folder, (name, attributes) -> {
                if (name.toLowerCase(Locale.ROOT).endsWith(ENDING)) {
                    files.add(folder.resolve(name));
                }
            });
        } catch (IOException e) {
            throw DiskErrors.cannotRead(folder, e);
        }
        if (files.isEmpty()) {
            throw AutophageException.usage(
                    "%s has no file *%s: must be a file of text, or a folder with some".formatted(folder, ENDING));
        }
        Set<Path> seen = new HashSet<>();
        return files.stream().sorted().filter(file -> seen.add(real(file))).toList();
    }

    /** The file itself, which a link leads to, so that no text counts twice: the second one would show what is held out of the first. */
    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException leadsNowhere) {
            return file; // whoever reads it will say so
        }
    }

    /** Looks at all files before any is read. */
    private static void requireSize(Path place, List<Path> files) {
        long bytes = 0;
        for (Path file : files) {
            try {
                bytes += PlainFiles.regular(file)
                        .map(BasicFileAttributes::size)
                        .orElseThrow(() -> AutophageException.usage(
                                "%s is missing: must be a file of text in UTF-8, or a folder with files *%s"
                                        .formatted(file, ENDING)));
            } catch (IOException e) {
                throw DiskErrors.cannotRead(file, e);
            }
        }
        if (bytes > MOST_BYTES) {
            throw AutophageException.usage(String.format(
                    Locale.ROOT,
                    "%s has %d MiB of text: must be 128 MiB at most, such as a part of it",
                    place,
                    (bytes >> 20) + 1));
        }
    }

    private static String text(Path file) {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(file));
        CharBuffer characters = CharBuffer.allocate(bytes.remaining());
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(bytes, characters, true);
        if (result.isError()) {
            int at = bytes.position();
            throw AutophageException.usage(
                    "%s is not UTF-8: byte %d of it is 0x%02X, which no character has there; convert it, such as by `iconv -f latin1 -t utf-8`"
                            .formatted(file, at, bytes.get(at)));
        }
        String text = characters.flip().toString().replace("\r\n", "\n");
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private static byte[] bytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(Math.toIntExact(MOST_BYTES));
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        }
    }
}
