package org.autophage.data.sequence;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.data.DatasetFolders;
import org.autophage.data.DatasetSpec;
import org.jspecify.annotations.Nullable;

/** Text of one's own, cut into blocks of equally many tokens. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription(
        "Text of one's own in UTF-8, a file or a folder of .txt files, cut into blocks of equally many tokens")
public record TextSpec(
        @JsonPropertyDescription(
                        "The file, or the folder, whose .txt files are read in the order of their paths; relative to the working directory or absolute; one that is not there is looked for in AUTOPHAGE_DATASETS by its last part")
                String path,
        @JsonPropertyDescription(
                        "What tokens are: characters, words (with single marks and ends of lines), or byte-pairs as in GPT-2; all made from what is not held out")
                TextUnit tokens,
        @JsonPropertyDescription("Tokens of a block, 2 to 65536; what is left at the end is left out") int length,
        @JsonPropertyDescription(
                        "Tokens of the vocabulary: of byte-pairs 256 to 100000, left out 512; of words 2 to 100000, left out 2000, the most frequent ones and one for the rest; characters have no such key")
                @Nullable
                Integer vocabulary,
        @JsonPropertyDescription("Blocks held out for the metrics, which no model trains on: the last ones, at least 1")
                int holdout)
        implements DatasetSpec {
    public static final String KIND = "text";

    public static final TextSpec DEFAULTS = new TextSpec("datasets/text", TextUnit.CHARACTERS, 64, null, 500);

    private static final int LONGEST = 65_536;

    public TextSpec {
        Checks.notBlank("dataset.path", path, "a file of text or a folder of .txt files");
        Checks.within("dataset.length", length, Range.wholeFrom(2, LONGEST), "tokens of a block");
        tokens.check(vocabulary);
        Checks.within("dataset.holdout", holdout, Range.atLeast(1));
    }

    @Override
    public TextDataset open() {
        return TextDataset.of(this, TextFiles.read(DatasetFolders.find(path)));
    }
}
