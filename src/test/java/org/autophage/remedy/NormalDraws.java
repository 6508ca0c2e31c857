package org.autophage.remedy;

import java.util.SplittableRandom;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Origins;
import org.autophage.data.Points;
import org.autophage.data.TrainingSet;
import org.autophage.loop.Draws;
import org.autophage.loop.Given;
import org.autophage.loop.LoopPlan;
import org.autophage.loop.LoopSpec;
import org.autophage.loop.Turn;
import org.autophage.measure.Composition;

/** Draws of a normal law without any model. */
final class NormalDraws {
    /** A generation that is trained on one point. */
    static final Turn TURN = new Turn(
            3,
            new Seeds(0),
            new TrainingSet(
                    new Points(1, 1, 1, new double[1]), new Origins(new int[1], new long[1]), new Composition(1, 0, 0)),
            new LoopPlan(LoopSpec.fullySynthetic(1, 1, 40), 1, 0),
            Work.UNATTENDED);

    private NormalDraws() {}

    /** Of N(0, 1) in one dimension. */
    static Draws of(long seed) {
        return of(seed, 1, 1);
    }

    /** Of N(0, deviation²), in replicas. */
    static Draws of(long seed, int replicas, double deviation) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Draws() {
            private long at;

            @Override
            public Given next(int count) {
                double[] values = new double[replicas * count];
                long[] numbers = new long[count];
                for (int i = 0; i < values.length; i++) {
                    values[i] = deviation * random.nextGaussian();
                }
                for (int i = 0; i < count; i++) {
                    numbers[i] = at++;
                }
                return new Given(new Points(replicas, count, 1, values), numbers);
            }
        };
    }
}
