package org.autophage.model.density;

import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Points;
import org.autophage.model.NetworkModel;
import org.autophage.model.NetworkTraining.Trained;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/** A batch of trained flows. */
final class FlowModel extends NetworkModel implements DensityModel {
    private final FlowProgram program;
    private final Tensor flat;
    private final Tensor mean;
    private final Tensor deviation;

    /** @param trained one network, and the {@link Standardization} */
    FlowModel(FlowProgram program, Trained trained) {
        super(program, trained);
        this.program = program;
        double[] exact = new double[parameters().length];
        for (int i = 0; i < exact.length; i++) {
            exact[i] = parameters()[i];
        }
        this.flat = scope().doubles(exact, exact.length);
        Standardization standardization = Standardization.of(trained.constants());
        this.mean = standardization.mean(scope(), program.shape());
        this.deviation = standardization.deviation(scope(), program.shape());
    }

    @Override
    public Points sample(int count, double bias, Seeds.Stream seeds, Work work) {
        return program.sampling()
                .draw(count, seeds, work, call -> program.run(call, "sample", flat, mean, deviation, Math.sqrt(bias))
                        .get(0));
    }

    @Override
    public boolean hasLikelihood() {
        return true;
    }

    @Override
    public double[] logDensity(Points points) {
        try (Scope call = scope().newScope()) {
            Tensor at = DensityModels.shared(points, call);
            return program.run(call, "log_density", flat, mean, deviation, at)
                    .get(0)
                    .toDoubles();
        }
    }
}
