package org.autophage.data.sequence;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.base.Sha256;
import org.autophage.base.WrongValue;
import org.autophage.data.Dataset;
import org.autophage.data.SampleLabels;
import org.autophage.data.TokenShape;
import org.autophage.data.Tokens;
import org.autophage.data.Vocabulary;

/**
 * Blocks of a text, side by side from its beginning; real sample i is block i. The holdout are the last blocks, up to the text's end,
 * and the vocabulary is made from what stands before them alone. Less than a block is left out between the two; of byte pairs it can be
 * a little more, since how many tokens the end has is known only once merges are learnt from the rest.
 */
public final class TextDataset implements Dataset {
    /** Counts changes of how text becomes tokens, so that the hash tells them apart. */
    private static final int VERSION = 1;

    /** Where the end has turned out too short, it becomes longer by what is lacking and this part of it. */
    private static final double MARGIN = 1.0 / 64;

    private final TextSpec spec;
    private final Vocabulary vocabulary;
    private final int[] real;
    private final int[] held;
    private final String hash;

    private TextDataset(TextSpec spec, Vocabulary vocabulary, int[] real, int[] held, String hash) {
        this.spec = spec;
        this.vocabulary = vocabulary;
        this.real = real;
        this.held = held;
        this.hash = hash;
    }

    /**
     * Cuts a text.
     *
     * @throws AutophageException (usage) if it has too few blocks, or only one token, or at its end one that is nowhere before
     */
    static TextDataset of(TextSpec spec, TextContent content) {
        String text = content.text();
        int wanted = (int) Math.min((long) spec.holdout() * spec.length(), Integer.MAX_VALUE);
        int cut = spec.tokens().beforeLast(text, wanted);
        while (cut > 0) {
            String front = text.substring(0, cut);
            TextTokens tokens = spec.tokens().learn(front, spec.vocabulary());
            int[] before = tokens.encode(front, lacking(spec, content, 0));
            if (before.length < spec.length()) {
                break;
            }
            int[] after = tokens.encode(text.substring(cut), lacking(spec, content, cut));
            if (after.length >= wanted) {
                Vocabulary vocabulary = tokens.vocabulary();
                requireTwo(content, front, before, vocabulary);
                return new TextDataset(
                        spec,
                        vocabulary,
                        Arrays.copyOf(before, before.length - before.length % spec.length()),
                        Arrays.copyOfRange(after, after.length - wanted, after.length),
                        hash(spec, text, vocabulary));
            }
            double more = (wanted - after.length) * (1 + MARGIN);
            cut = character(text, cut - (int) Math.ceil(more * cut / before.length));
        }
        throw tooFew(spec, content);
    }

    /** The nearest place between two characters, not after a position; 0 where that is before the text. */
    private static int character(String text, int position) {
        if (position <= 0) {
            return 0;
        }
        return Character.isLowSurrogate(text.charAt(position)) ? position - 1 : position;
    }

    private static TextTokens.Lacking lacking(TextSpec spec, TextContent content, int start) {
        String remedy = spec.tokens() == TextUnit.WORDS
                ? "make dataset.vocabulary smaller than the number of different words, so that rare ones are "
                        + WordTokens.UNKNOWN
                : "take it out, make dataset.holdout smaller, or write dataset.tokens: " + TextUnit.BYTE_PAIRS;
        return (piece, position) -> AutophageException.usage(
                "%s: '%s' is in the holdout, but nowhere in the text before it, so that no model can learn it: %s"
                        .formatted(content.where(start + position), piece, remedy));
    }

    private static void requireTwo(TextContent content, String front, int[] tokens, Vocabulary vocabulary) {
        int character = front.codePointAt(0);
        boolean oneCharacter = front.codePoints().allMatch(each -> each == character);
        if (oneCharacter || Arrays.stream(tokens).allMatch(each -> each == tokens[0])) {
            throw AutophageException.usage(
                    "%s has one %s only before the holdout, '%s': must have at least two different ones, or there is nothing to learn"
                            .formatted(
                                    content.place(),
                                    oneCharacter ? "character" : "token",
                                    oneCharacter ? Character.toString(character) : vocabulary.word(tokens[0])));
        }
    }

    private static AutophageException tooFew(TextSpec spec, TextContent content) {
        int tokens = spec.tokens()
                .learn(content.text(), spec.vocabulary())
                .encode(content.text(), lacking(spec, content, 0))
                .length;
        int blocks = tokens / spec.length();
        String size = "%s has %d %s, %d blocks of %d"
                .formatted(content.place(), tokens, spec.tokens(), blocks, spec.length());
        return blocks < 2
                ? AutophageException.usage(
                        size
                                + ": must be at least 2 blocks, one to learn from and one to hold out; make dataset.length smaller or take more text")
                : WrongValue.of("dataset.holdout", spec.holdout(), "must be below %d: %s".formatted(blocks, size));
    }

    private static String hash(TextSpec spec, String text, Vocabulary vocabulary) {
        return Sha256.of("text %d %s tokens %s %d length %d holdout %d"
                .formatted(VERSION, Sha256.of(text), spec.tokens(), vocabulary.size(), spec.length(), spec.holdout()));
    }

    @Override
    public String name() {
        return TextSpec.KIND;
    }

    @Override
    public long available() {
        return real.length / spec.length();
    }

    @Override
    public TokenShape shape(SampleLabels labels) {
        return new TokenShape(1, vocabulary, spec.length(), TokenShape.NONE);
    }

    @Override
    public Tokens real(long[] indices) {
        int length = spec.length();
        int[] tokens = new int[Math.multiplyExact(indices.length, length)];
        IntStream.range(0, indices.length)
                .forEach(i -> System.arraycopy(real, Math.toIntExact(indices[i] * length), tokens, i * length, length));
        return Tokens.ofLength(1, vocabulary, length, tokens);
    }

    @Override
    public Tokens holdout() {
        return Tokens.ofLength(1, vocabulary, spec.length(), held);
    }

    @Override
    public String hash() {
        return hash;
    }
}
