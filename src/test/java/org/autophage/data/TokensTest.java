package org.autophage.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.Npz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
    private static final Vocabulary WORDS = new Vocabulary(List.of("a", "dog", "\n", "é"), " ");

    @TempDir
    private Path folder;

    /** Two replicas of three sequences: of 1, 2, 0 and of 3, 1, 1 tokens. */
    private static Tokens some() {
        return new Tokens(2, WORDS, new int[] {0, 1, 2, 3, 3, 3, 2, 0}, new int[] {0, 1, 3, 3, 6, 7, 8});
    }

    @Test
    void sequencesAreFoundByReplicaAndPosition() {
        Tokens tokens = some();
        assertThat(tokens.count()).isEqualTo(3);
        assertThat(tokens.longest()).isEqualTo(3);
        assertThat(tokens.sequence(0, 1)).containsExactly(1, 2);
        assertThat(tokens.sequence(0, 2)).isEmpty();
        assertThat(tokens.length(1, 0)).isEqualTo(3);
        assertThat(tokens.replica(1).sequences(0)).containsExactly(new int[] {3, 3, 3}, new int[] {2}, new int[] {0});
    }

    @Test
    void aChoiceKeepsReplicasApart() {
        Tokens same = some().select(new int[] {2, 1, 1});
        assertThat(same.replica(0).sequences(0)).containsExactly(new int[] {}, new int[] {1, 2}, new int[] {1, 2});
        assertThat(same.replica(1).sequences(0)).containsExactly(new int[] {0}, new int[] {2}, new int[] {2});
        Tokens each = some().selectEach(new int[][] {{1}, {0}});
        assertThat(each.sequence(0, 0)).containsExactly(1, 2);
        assertThat(each.sequence(1, 0)).containsExactly(3, 3, 3);
    }

    @Test
    void partsAreJoinedReplicaByReplica() {
        Tokens joined = (Tokens) Samples.concatenate(List.of(some(), some().first(1)));
        assertThat(joined.count()).isEqualTo(4);
        assertThat(joined.sequence(0, 3)).containsExactly(0);
        assertThat(joined.sequence(1, 3)).containsExactly(3, 3, 3);
        assertThat(joined.sequence(1, 1)).containsExactly(2);
    }

    @Test
    void aFileGivesTheSameBack() {
        Path file = folder.resolve("samples.npz");
        some().write(file);
        Tokens read = SampleArchive.read(file).tokens().orElseThrow();
        assertThat(read.values()).isEqualTo(some().values());
        assertThat(read.starts()).isEqualTo(some().starts());
        assertThat(read.replicas()).isEqualTo(2);
        assertThat(read.vocabulary()).isEqualTo(WORDS);
    }

    /** What a terminal obeys is written out; a sequence is one line. */
    @Test
    void aPageHasASequenceALine() throws Exception {
        Path file = folder.resolve("page.txt");
        some().draw(file);
        assertThat(file).content().isEqualTo("a\ndog \\n\n\n");
    }

    @Test
    void longSequencesAreCutOnAPage() throws Exception {
        int[] many = new int[3000];
        Path file = folder.resolve("page.txt");
        Tokens.of(new Vocabulary(List.of("\uD83D\uDE00", "b"), ""), List.of(many))
                .draw(file);
        assertThat(file).content().isEqualTo("\uD83D\uDE00".repeat(2000) + "…\n");
    }

    @Test
    void filesThatDoNotFitAreRefused() {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("tokens", NpyArray.ofInts(new int[] {0, 1, 4}, 3));
        refused(arrays, "has no array 'lengths' beside 'tokens'");
        arrays.put("lengths", NpyArray.ofInts(new int[] {2, 2}, 1, 2));
        refused(arrays, "lengths do not add up to the 3 tokens of tokens");
        arrays.put("lengths", NpyArray.ofInts(new int[] {4, -1}, 1, 2));
        refused(arrays, "lengths do not add up to the 3 tokens of tokens");
        arrays.put("lengths", NpyArray.ofInts(new int[] {2, 1}, 1, 2));
        refused(arrays, "has no array 'words' beside 'tokens'");
        arrays.put("words", bytes("[\"a\",\"a\"]"));
        arrays.put("between", bytes(""));
        refused(arrays, "words is no list of different words");
        arrays.put("words", bytes("no list"));
        refused(arrays, "words is no list of different words");
        arrays.put("words", bytes("[\"a\",\"b\"]"));
        refused(arrays, "tokens has token 4: the vocabulary, words, has 0 to 1");
        arrays.put("tokens", NpyArray.ofDoubles(new double[] {0, 1, 0}, 3));
        refused(arrays, "tokens is FLOAT64 of shape [3]: must be int32 of 1 axes");
    }

    private static NpyArray bytes(String text) {
        return NpyArray.ofBytes(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), text.length());
    }

    private void refused(Map<String, NpyArray> arrays, String message) {
        Path file = folder.resolve("bad.npz");
        Npz.write(file, arrays);
        assertThatThrownBy(() -> SampleArchive.read(file))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }
}
