package org.autophage.metrics.features;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.PlainFiles;

/**
 * features.txt: the name of an extractor that stays where it is, with the first digits of its hash, so that a run is measured with one.
 */
final class ExtractorRecord {
    private static final String FILE = "features.txt";
    private static final int DIGITS = 12;
    private static final Pattern RECORDED = Pattern.compile("[^\\n]*@([0-9a-f]{%d}), ".formatted(DIGITS));

    private ExtractorRecord() {}

    /** Of a hash what stands in an extractor's name. */
    static String digits(String hash) {
        return hash.substring(0, DIGITS);
    }

    static void write(FeatureExtractor extractor, Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), "%s, %s%n".formatted(extractor.name(), extractor.preprocessing()));
    }

    /**
     * Checks that an extractor is the one whose name {@link #write} wrote.
     *
     * @param what it is, for the message
     * @param hash SHA-256 of what it is now
     * @param folder where it was written; nothing is checked if it was not
     * @throws AutophageException (usage) naming it and both hashes
     */
    static void check(String what, String hash, Path folder) {
        Path record = folder.resolve(FILE);
        if (!PlainFiles.isThere(record)) {
            return;
        }
        String recorded = recordedDigits(record);
        String found = digits(hash);
        if (!found.equals(recorded)) {
            throw AutophageException.usage(
                    "%s has changed: its SHA-256 begins with %s, that of the network in %s with %s; a run is measured with one network"
                            .formatted(what, found, record, recorded));
        }
    }

    private static String recordedDigits(Path record) {
        try {
            Matcher line = RECORDED.matcher(PlainFiles.text(record).orElse(""));
            return line.lookingAt() ? line.group(1) : "nothing";
        } catch (IOException e) {
            throw DiskErrors.cannotRead(record, e);
        }
    }
}
