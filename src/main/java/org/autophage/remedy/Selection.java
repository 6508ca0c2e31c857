package org.autophage.remedy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Interruptible;
import org.autophage.base.Phase;
import org.autophage.loop.Draws;
import org.autophage.loop.Given;
import org.autophage.loop.RandomSubset;
import org.autophage.loop.Turn;
import org.jspecify.annotations.Nullable;

/**
 * Draws that are chosen among others. What rules differ in is {@link #choose}; counts, control and what is told are the same for all:
 * the {@linkplain Control#RANDOM control} takes, in every group of candidates that compete with each other, as many at random as the
 * rule has chosen, of the same candidates.
 */
abstract class Selection implements Draws {
    /** Streams of {@link Phase#SELECT}: the replicas' own begin at 0, the control's lies beyond. */
    private static final long CONTROL_STREAM = 1L << 40;

    private final Turn turn;
    private final String kind;
    private final @Nullable Control control;
    private final Map<String, Number> known;
    private final SplittableRandom blind;
    private long drawn;
    private long given;
    private long offered;
    private long accepted;
    private int replicas = 1;
    private long scored;
    private double sumOfOffered;
    private double sumOfAccepted;
    private double least = Double.POSITIVE_INFINITY;

    /**
     * @param turn the generation
     * @param kind of the remedy, for messages
     * @param control null for the rule itself
     * @param known what is to be told besides, the same for every generation
     */
    Selection(Turn turn, String kind, @Nullable Control control, Map<String, Number> known) {
        this.turn = turn;
        this.kind = kind;
        this.control = control;
        this.known = known;
        this.blind = turn.stream(Phase.SELECT).random(CONTROL_STREAM);
    }

    /**
     * Candidates that compete with each other: the points of one replica, the images of one class or all of them.
     *
     * @param replica of points; 0 of images
     * @param candidates positions that were looked at, rising
     * @param chosen those among them that the rule takes, rising
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on at once, compared nowhere
    record Group(int replica, int[] candidates, int[] chosen) {}

    /**
     * What a rule has come to.
     *
     * @param drawn all that was drawn for it
     * @param groups that share the draws among them; every replica has as many chosen as were asked for
     * @param scores by which the rule went, as of {@link SampleScores}; null where it has none to tell
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on at once, compared nowhere
    record Choice(Given drawn, List<Group> groups, double @Nullable [] scores) {}

    /**
     * Draws as many candidates as it takes, and chooses.
     *
     * @param count how many are to be chosen of every replica
     */
    abstract Choice choose(int count);

    @Override
    public final Given next(int count) {
        Choice choice = choose(count);
        return interruptibly(() -> taken(choice));
    }

    private Given taken(Choice choice) {
        List<Group> groups = control == null
                ? choice.groups()
                : choice.groups().stream().map(this::blindly).toList();
        tell(choice, groups);
        if (replicas == 1) {
            return choice.drawn()
                    .select(groups.stream()
                            .flatMapToInt(group -> Arrays.stream(group.chosen()))
                            .sorted()
                            .toArray());
        }
        int[][] each = new int[replicas][];
        groups.forEach(group -> each[group.replica()] = group.chosen());
        return choice.drawn().selectEach(each);
    }

    private Group blindly(Group group) {
        long[] places = RandomSubset.draw(group.chosen().length, group.candidates().length, blind);
        return new Group(
                group.replica(),
                group.candidates(),
                Arrays.stream(places)
                        .mapToInt(place -> group.candidates()[(int) place])
                        .toArray());
    }

    private void tell(Choice choice, List<Group> groups) {
        replicas = choice.drawn().samples().replicas();
        int count = choice.drawn().count();
        drawn += count;
        for (Group group : groups) {
            offered += group.candidates().length;
            accepted += group.chosen().length;
            if (choice.scores() != null) {
                for (int position : group.candidates()) {
                    sumOfOffered += choice.scores()[group.replica() * count + position];
                }
                for (int position : group.chosen()) {
                    double score = choice.scores()[group.replica() * count + position];
                    sumOfAccepted += score;
                    least = Math.min(least, score);
                }
                scored = accepted;
            }
        }
        given = accepted / replicas;
    }

    /** Whether one more candidate is to be accepted than is given, for a control that has to be blind to the last one. */
    final boolean isControl() {
        return control != null;
    }

    final Turn turn() {
        return turn;
    }

    /** A generator a replica for what the rule leaves to chance. */
    final SplittableRandom[] chances(int count) {
        return IntStream.range(0, count)
                .mapToObj(replica -> turn.stream(Phase.SELECT).random(replica))
                .toArray(SplittableRandom[]::new);
    }

    /** Does work that keeps nothing, and gives it up at a signal. Sampling keeps something, and is not to be done in here. */
    final <T> T interruptibly(Supplier<T> work) {
        return Interruptible.until(turn.work().stop(), work);
    }

    /** One line that ends the run. */
    final AutophageException failure(String what) {
        return new AutophageException(
                ExitCode.DIVERGED, "generation %d: remedies, %s: %s".formatted(turn.generation(), kind, what));
    }

    /**
     * The scores, none of which may be something else than a number.
     *
     * @param what they are called in the message, such as reward
     */
    final double[] finite(double[] scores, int count, String what) {
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isFinite(scores[i])) {
                throw failure("the %s of sample %d%s is %s: must be a finite number"
                        .formatted(
                                what, i % count, scores.length > count ? " of replica " + i / count : "", scores[i]));
            }
        }
        return scores;
    }

    @Override
    public Map<String, Number> told() {
        Map<String, Number> told = new LinkedHashMap<>();
        told.put("drawn", drawn);
        told.put("offered", replicas == 1 ? (Number) offered : (Number) (offered / (double) replicas));
        told.put("given", given);
        told.put("acceptance", accepted / (double) offered);
        if (scored > 0) {
            told.put("meanOfDrawn", sumOfOffered / offered);
            told.put("meanOfGiven", sumOfAccepted / accepted);
            told.put("leastOfGiven", least);
        }
        told.putAll(known);
        return told;
    }
}
