package org.autophage.metrics.sequence;

import java.util.Arrays;
import org.autophage.data.Tokens;

/**
 * All runs of tokens of some sequences, as a suffix automaton (Blumer et al. 1985): a state is a class of runs that end in the same places,
 * of whose lengths one is the longest, and its link goes to the class of the next shorter runs. Takes a time linear in the tokens.
 */
final class Substrings {
    private static final int ROOT = 0;
    private static final int NO_STATE = -1;

    private final PairNumbers edges = new PairNumbers();
    private final int[] longest;
    private final int[] links;
    /** Of every state its latest edge, of every edge the one before, and the token of every edge. */
    private final int[] edgeOf;

    private int[] edgeBefore;
    private int[] edgeToken;
    private int edgeCount;
    private int states = 1;

    /** The state in which each token of the sequences ends. */
    private final int[] ends;

    private final Tokens sequences;

    /** @param sequences of one replica */
    Substrings(Tokens sequences) {
        this.sequences = sequences;
        int tokens = sequences.values().length;
        int most = Math.max(2, 2 * Math.addExact(tokens, sequences.count()));
        this.longest = new int[most];
        this.links = new int[most];
        this.edgeOf = new int[most];
        this.edgeBefore = new int[most];
        this.edgeToken = new int[most];
        this.ends = new int[tokens];
        Arrays.fill(edgeOf, NO_STATE);
        links[ROOT] = NO_STATE;
        // A token that no sequence has stands between two sequences, so that no run that others have is of two of them.
        int between = sequences.vocabulary().size();
        int last = ROOT;
        for (int i = 0; i < sequences.count(); i++) {
            for (int at = sequences.starts()[i]; at < sequences.starts()[i + 1]; at++) {
                last = extended(last, sequences.values()[at]);
                ends[at] = last;
            }
            last = extended(last, between);
        }
    }

    private int state(int length) {
        longest[states] = length;
        return states++;
    }

    private void edge(int from, int token, int to) {
        if (edges.get(from, token) == PairNumbers.NONE) {
            if (edgeCount == edgeToken.length) {
                edgeBefore = Arrays.copyOf(edgeBefore, 2 * edgeCount);
                edgeToken = Arrays.copyOf(edgeToken, 2 * edgeCount);
            }
            edgeToken[edgeCount] = token;
            edgeBefore[edgeCount] = edgeOf[from];
            edgeOf[from] = edgeCount++;
        }
        edges.put(from, token, to);
    }

    /** Adds a token behind all that is there; ends of earlier tokens stay states in which these end. */
    private int extended(int last, int token) {
        int next = state(longest[last] + 1);
        int at = last;
        while (at != NO_STATE && edges.get(at, token) == PairNumbers.NONE) {
            edge(at, token, next);
            at = links[at];
        }
        if (at == NO_STATE) {
            links[next] = ROOT;
            return next;
        }
        int to = edges.get(at, token);
        if (longest[to] == longest[at] + 1) {
            links[next] = to;
            return next;
        }
        int copy = state(longest[at] + 1);
        links[copy] = links[to];
        for (int edge = edgeOf[to]; edge != NO_STATE; edge = edgeBefore[edge]) {
            edge(copy, edgeToken[edge], edges.get(to, edgeToken[edge]));
        }
        while (at != NO_STATE && edges.get(at, token) == to) {
            edge(at, token, copy);
            at = links[at];
        }
        links[to] = copy;
        links[next] = copy;
        return next;
    }

    /**
     * How long the longest run is that ends with each token of the sequences, is of its sequence, and is a run of some of the others.
     *
     * @param others of one replica and the same vocabulary
     */
    int[] sharedWith(Tokens others) {
        int[] shared = new int[states];
        for (int i = 0; i < others.count(); i++) {
            int state = ROOT;
            int length = 0;
            for (int at = others.starts()[i]; at < others.starts()[i + 1]; at++) {
                int token = others.values()[at];
                while (state != ROOT && edges.get(state, token) == PairNumbers.NONE) {
                    state = links[state];
                    length = longest[state];
                }
                int next = edges.get(state, token);
                if (next != PairNumbers.NONE) {
                    state = next;
                    length++;
                }
                shared[state] = Math.max(shared[state], length);
            }
        }
        spreadToLinks(shared);
        int[] runs = new int[ends.length];
        for (int at = 0; at < runs.length; at++) {
            int state = ends[at];
            while (shared[state] == 0 && state != ROOT) {
                state = links[state];
            }
            runs[at] = shared[state];
        }
        return runs;
    }

    /** Where a run is shared, so are all its ends: of the states that a link leads to, the longest. */
    private void spreadToLinks(int[] shared) {
        int[] byLength = new int[states];
        int[] places = new int[sequences.values().length + sequences.count() + 2];
        for (int state = 0; state < states; state++) {
            places[longest[state] + 1]++;
        }
        for (int length = 1; length < places.length; length++) {
            places[length] += places[length - 1];
        }
        for (int state = 0; state < states; state++) {
            byLength[places[longest[state]]++] = state;
        }
        for (int i = states - 1; i > 0; i--) {
            int state = byLength[i];
            if (shared[state] > 0) {
                int link = links[state];
                shared[link] = longest[link];
            }
        }
    }
}
