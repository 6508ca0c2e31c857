package org.autophage.remedy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.autophage.base.Interruptible;
import org.autophage.data.Samples;
import org.autophage.loop.Draws;
import org.autophage.loop.Given;
import org.autophage.loop.Turn;

/** Draws that are made into others, one for one; tells how far they went, in {@link Distance}'s unit. */
final class Correction implements Draws {
    private final Draws draws;
    private final Turn turn;
    private final Supplier<Map<String, Number>> known;
    private final Rule rule;
    private long given;
    private long compared;
    private long changed;
    private double sumOfDistances;

    /** Makes samples into others. */
    @FunctionalInterface
    interface Rule {
        /** As many samples of the same shape; labels may be others. */
        Samples of(Samples samples);
    }

    /** @param known what is to be told besides, of all samples so far */
    Correction(Draws draws, Turn turn, Rule rule, Supplier<Map<String, Number>> known) {
        this.draws = draws;
        this.turn = turn;
        this.rule = rule;
        this.known = known;
    }

    @Override
    public Given next(int count) {
        Given before = draws.next(count);
        return Interruptible.until(turn.work().stop(), () -> {
            Samples after = rule.of(before.samples());
            compare(before.samples(), after);
            given += count;
            return before.with(after);
        });
    }

    private void compare(Samples before, Samples after) {
        int replicas = before.replicas();
        for (int replica = 0; replica < replicas; replica++) {
            Interruptible.proceed();
            for (int i = 0; i < before.count(); i++) {
                double distance = Distance.between(before, after, replica, i);
                sumOfDistances += distance;
                changed += distance > 0 ? 1 : 0;
            }
        }
        compared += (long) replicas * before.count();
    }

    @Override
    public Map<String, Number> told() {
        Map<String, Number> told = new LinkedHashMap<>();
        told.put("given", given);
        told.put("changed", changed / (double) compared);
        told.put("meanDisplacement", sumOfDistances / compared);
        told.putAll(known.get());
        return told;
    }
}
