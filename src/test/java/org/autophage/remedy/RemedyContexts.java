package org.autophage.remedy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Dataset;
import org.autophage.data.Origins;
import org.autophage.data.Samples;
import org.autophage.data.TrainingSet;
import org.autophage.loop.Draws;
import org.autophage.loop.Given;
import org.autophage.loop.LoopPlan;
import org.autophage.loop.LoopSpec;
import org.autophage.loop.Turn;
import org.autophage.measure.Composition;
import org.autophage.metrics.classifier.ClassifierCache;
import org.autophage.model.ModelSpec;
import org.autophage.model.density.GaussianSpec;
import org.autophage.program.Device;

/** What tests of remedies have at hand. */
final class RemedyContexts {
    private RemedyContexts() {}

    static RemedyContext of(Device device, Dataset dataset, Path cache) {
        return of(device, dataset, cache, Work.UNATTENDED);
    }

    static RemedyContext of(Device device, Dataset dataset, Path cache, Work work) {
        return new RemedyContext(
                device,
                dataset,
                ClassifierCache.in(cache),
                (steps, rate) -> {
                    throw new IllegalStateException("nothing is trained briefly");
                },
                work);
    }

    /** A generation of a dataset's loop. */
    static Turn turn(Dataset dataset) {
        Samples one = dataset.real(new long[] {0});
        TrainingSet set = new TrainingSet(one, new Origins(new int[1], new long[1]), new Composition(1, 0, 0));
        return new Turn(2, new Seeds(0), set, new LoopPlan(LoopSpec.fullySynthetic(2, 1, 40), 1, 0), Work.UNATTENDED);
    }

    /** A loop over a dataset, with Gaussians. */
    static Setting setting(Dataset dataset) {
        ModelSpec model = GaussianSpec.DEFAULTS;
        return new Setting(
                new LoopPlan(LoopSpec.fullySynthetic(2, 40, 40), 1, 0),
                model,
                dataset.real(new long[] {0}).shape(),
                dataset.available(),
                Set.of());
    }

    /** Samples that are drawn in turn, from the first on. */
    static Draws of(Samples samples) {
        return new Draws() {
            private int at;

            @Override
            public Given next(int count) {
                int from = at;
                at += count;
                long[] numbers = LongStream.range(from, at).toArray();
                int[] positions = LongStream.of(numbers).mapToInt(i -> (int) i).toArray();
                return new Given(samples.select(positions), numbers);
            }
        };
    }

    /** A number that is told. */
    static double number(Map<String, Number> told, String name) {
        return Objects.requireNonNull(told.get(name), name).doubleValue();
    }
}
