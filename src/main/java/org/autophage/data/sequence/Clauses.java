package org.autophage.data.sequence;

import java.util.List;

/**
 * The grammar {@code clauses-119}: sentences of 119 words with relative clauses and clauses in the middle of others, in which verbs
 * agree with their nouns over any distance. Endings s and p mean singular and plural. Within a class the k-th word is 1/k as
 * frequent as the first.
 */
final class Clauses {
    /** Names the grammar in hashes; another grammar has another name. */
    static final String NAME = "clauses-119";

    private static final List<PhraseRules> PHRASES = List.of(
            PhraseRules.of("S", "0.5 Ss", "0.5 Sp"),
            PhraseRules.of("Ss", "1 NPs VPs ."),
            PhraseRules.of("Sp", "1 NPp VPp ."),
            PhraseRules.of("NPs", "0.55 Ds Ns", "0.25 Ds A Ns", "0.12 Ds Ns that VPs", "0.08 Ds Ns that O"),
            PhraseRules.of("NPp", "0.55 Dp Np", "0.25 Dp A Np", "0.12 Dp Np that VPp", "0.08 Dp Np that O"),
            PhraseRules.of("O", "0.5 NPs Vts", "0.5 NPp Vtp"),
            PhraseRules.of("VPs", "0.3 Vis", "0.1 Vis Adv", "0.6 Vts OBJ"),
            PhraseRules.of("VPp", "0.3 Vip", "0.1 Vip Adv", "0.6 Vtp OBJ"),
            PhraseRules.of("OBJ", "0.5 NPs", "0.5 NPp"));

    private static final List<WordClass> WORDS = List.of(
            WordClass.zipf(
                    "Ns",
                    "dog cat child teacher farmer doctor king queen sailor baker painter driver neighbour friend singer "
                            + "judge poet soldier student tailor nurse guard hunter clerk"),
            WordClass.zipf(
                    "Np",
                    "dogs cats children teachers farmers doctors kings queens sailors bakers painters drivers neighbours "
                            + "friends singers judges poets soldiers students tailors nurses guards hunters clerks"),
            WordClass.zipf("Vis", "sleeps laughs waits smiles sings dances runs falls"),
            WordClass.zipf("Vip", "sleep laugh wait smile sing dance run fall"),
            WordClass.zipf("Vts", "sees knows likes helps follows hears visits calls meets finds thanks trusts"),
            WordClass.zipf("Vtp", "see know like help follow hear visit call meet find thank trust"),
            WordClass.zipf(
                    "A", "old young tall small happy sad kind clever quiet brave rich poor lazy proud gentle honest"),
            WordClass.zipf("Adv", "often quietly today slowly again alone"),
            new WordClass("Ds", List.of("the", "a", "this", "every"), 0.5, 0.3, 0.1, 0.1),
            new WordClass("Dp", List.of("the", "some", "these", "many"), 0.5, 0.3, 0.1, 0.1),
            new WordClass("that", List.of("that"), 1),
            new WordClass(".", List.of("."), 1));

    /** The token that ends every sentence. */
    static final String END = ".";

    private Clauses() {}

    static PhraseGrammar grammar() {
        return new PhraseGrammar(PHRASES, WORDS);
    }
}
