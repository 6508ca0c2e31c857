package org.autophage.report.plot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.autophage.base.Printable;

/** The letters of figures: Liberation Sans, as wide as Helvetica and Arial, which SVG names before it. */
final class Letters {
    private static final String FILE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final TrueTypeFont FONT = font();

    private Letters() {}

    /** The font's file, to be embedded. */
    static InputStream file() {
        InputStream stream = PDDocument.class.getResourceAsStream(FILE);
        if (stream == null) {
            throw new IllegalStateException("PDFBox has no " + FILE + " any more");
        }
        return stream;
    }

    private static TrueTypeFont font() {
        try (InputStream stream = file()) {
            return new TTFParser().parse(new RandomAccessReadBuffer(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What can be written of a text: a letter that the font does not have becomes a question mark. */
    static String writable(String text) {
        return Printable.of(text)
                .codePoints()
                .map(letter -> lookup().getGlyphId(letter) == 0 ? '?' : letter)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    /** How wide a text is, in points. */
    static double width(String text, double size) {
        try {
            double units = 0;
            for (int letter : writable(text).codePoints().toArray()) {
                units += FONT.getAdvanceWidth(lookup().getGlyphId(letter));
            }
            return units * size / FONT.getUnitsPerEm();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CmapLookup lookup() {
        try {
            return FONT.getUnicodeCmapLookup();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
