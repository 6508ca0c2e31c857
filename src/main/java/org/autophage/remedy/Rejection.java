package org.autophage.remedy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.Interruptible;
import org.autophage.base.Range;
import org.autophage.data.Images;
import org.autophage.data.Samples;
import org.autophage.loop.Draws;
import org.autophage.loop.Given;
import org.autophage.loop.Turn;
import org.jspecify.annotations.Nullable;

/**
 * Those draws that a rule accepts, in the order in which they were drawn; it draws until it has enough. Of images there are as many of
 * every class as would be given without it, so that classes that are seldom accepted keep their shares.
 *
 * <p>The control has to choose among the candidates that the rule took n from, but these were not drawn blindly: the last one is
 * always accepted. So the rule goes on to one acceptance more, and the control chooses n of those before it, of which exactly n
 * were accepted. These are n independent draws of the model: the factorial moments of the number of accepted ones among them are
 * those of n blind draws, by the negative binomial law of the number of candidates.
 */
final class Rejection extends Selection {
    /** Draws a sample given beyond which the run is given up. */
    static final int USUAL_MOST = 100;

    private static final int LARGEST_MOST = 1_000_000;

    private final Draws draws;
    private final int most;
    private final Acceptance rule;

    /**
     * @param kind of the remedy, for messages
     * @param control null for those that are accepted
     * @param most draws a sample given, at least 1
     * @param rule is given what the selection leaves to chance
     * @param known what is to be told besides, the same for every generation
     */
    Rejection(
            Draws draws,
            Turn turn,
            String kind,
            @Nullable Control control,
            int most,
            Function<Rejection, Acceptance> rule,
            Map<String, Number> known) {
        super(turn, kind, control, known);
        this.draws = draws;
        this.most = most;
        this.rule = rule.apply(this);
    }

    /**
     * Refuses a budget that is none.
     *
     * @throws AutophageException with USAGE
     */
    static void checkMost(int most) {
        Checks.within("most", most, Range.wholeFrom(1, LARGEST_MOST), "draws a sample given");
    }

    /** What such a choice costs a generation: nobody knows before how many draws it takes. */
    static Remedy.Cost cost(int most, Setting setting) {
        return new Remedy.Cost(
                0,
                0,
                "each model draws until %d samples are accepted, %d draws at most"
                        .formatted(setting.given(), (long) most * setting.given()));
    }

    @Override
    Choice choose(int count) {
        long budget = (long) most * count;
        List<Given> blocks = new ArrayList<>();
        Given first = draws.next(count);
        Filling filling = new Filling(first.samples(), count);
        Given block = first;
        long drawn = 0;
        while (true) {
            blocks.add(block);
            Given next = block;
            int from = (int) drawn;
            interruptibly(() -> filling.look(next.samples(), from));
            drawn += block.count();
            if (filling.isFull() || drawn == budget && filling.hasEnough()) {
                break;
            }
            if (drawn == budget) {
                throw failure(
                        "%d draws for %d samples gave %d, an acceptance of %.3g: a rule that accepts more, or a larger most than %d, is needed"
                                .formatted(drawn, count, filling.accepted(), filling.acceptance(), most));
            }
            block = draws.next((int) Math.min(budget - drawn, Math.min(drawn, filling.needed(drawn))));
        }
        return new Choice(Given.concatenate(blocks), filling.groups(), null);
    }

    /** Accepted candidates of each group, up to as many as it is to have. */
    private final class Filling {
        private final int replicas;
        private final boolean byClass;
        private final int[] wanted;
        private final Positions[] candidates;
        private final Positions[] taken;
        private final boolean[] full;

        Filling(Samples first, int count) {
            this.replicas = first.replicas();
            this.byClass = first.images().isPresent();
            int[] quotas = first.images().map(Images::classCounts).orElseGet(() -> new int[replicas]);
            if (!byClass) {
                Arrays.fill(quotas, count);
            }
            this.wanted = quotas;
            this.candidates = positions(quotas.length);
            this.taken = positions(quotas.length);
            this.full = new boolean[quotas.length];
            for (int group = 0; group < quotas.length; group++) {
                full[group] = quotas[group] == 0;
            }
        }

        private static Positions[] positions(int count) {
            return IntStream.range(0, count).mapToObj(i -> new Positions()).toArray(Positions[]::new);
        }

        boolean look(Samples block, int from) {
            Acceptance.Answers answers = rule.of(block);
            int[] labels = block.labels();
            for (int replica = 0; replica < replicas; replica++) {
                Interruptible.proceed();
                for (int i = 0; i < block.count(); i++) {
                    int group = byClass ? labels[i] : replica;
                    if (!full[group]) {
                        look(group, from + i, answers.accepts(replica, i));
                    }
                }
            }
            return isFull();
        }

        private void look(int group, int position, boolean accepted) {
            boolean oneMore = taken[group].count == wanted[group]; // the control's, which it must not see
            full[group] = accepted && (oneMore || !isControl() && taken[group].count + 1 == wanted[group]);
            if (!(accepted && oneMore)) {
                candidates[group].add(position);
                if (accepted) {
                    taken[group].add(position);
                }
            }
        }

        boolean isFull() {
            return IntStream.range(0, full.length).allMatch(group -> full[group]);
        }

        boolean hasEnough() {
            return IntStream.range(0, full.length).allMatch(group -> taken[group].count == wanted[group]);
        }

        long accepted() {
            return Arrays.stream(taken).mapToLong(each -> each.count).sum() / replicas;
        }

        double acceptance() {
            return Arrays.stream(taken).mapToLong(each -> each.count).sum()
                    / (double) Arrays.stream(candidates)
                            .mapToLong(each -> each.count)
                            .sum();
        }

        /** Draws that the slowest group will need, going by what it has accepted so far. */
        long needed(long drawn) {
            double most = 1;
            for (int group = 0; group < full.length; group++) {
                if (!full[group]) {
                    int missing = wanted[group] + (isControl() ? 1 : 0) - taken[group].count;
                    most = Math.max(most, missing * (drawn + 1.0) / (taken[group].count + 1));
                }
            }
            return (long) Math.ceil(most);
        }

        List<Group> groups() {
            return IntStream.range(0, wanted.length)
                    .filter(group -> wanted[group] > 0)
                    .mapToObj(group ->
                            new Group(byClass ? 0 : group, candidates[group].toArray(), taken[group].toArray()))
                    .toList();
        }
    }

    /** Positions that become more. */
    private static final class Positions {
        private int[] values = new int[16];
        private int count;

        void add(int position) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = position;
        }

        int[] toArray() {
            return Arrays.copyOf(values, count);
        }
    }
}
