package org.autophage.model.density;

import java.util.List;
import org.autophage.data.Points;
import org.autophage.model.PointShape;
import org.autophage.program.Device;
import org.autophage.program.Graph;
import org.autophage.program.Parameters;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/** The program of a flow's spec on a device, shared by the models of all generations. */
final class FlowProgram {
    private final Device device;
    private final PointShape shape;
    private final PointSampling sampling;
    private final Parameters parameters = new Parameters();
    private final Program program;

    FlowProgram(Device device, FlowSpec spec, PointShape shape, PointSampling sampling) {
        this.device = device;
        this.shape = shape;
        this.sampling = sampling;
        FlowMethods methods = new FlowMethods(spec, shape, sampling.chunk(), parameters);
        Graph encode = methods.encode(); // declares the parameters that the others use
        this.program = new Program(
                device,
                encode,
                methods.decode(),
                methods.standardization(),
                methods.standardize(),
                methods.step(),
                methods.sample(),
                methods.logDensity());
    }

    Device device() {
        return device;
    }

    PointShape shape() {
        return shape;
    }

    PointSampling sampling() {
        return sampling;
    }

    Parameters parameters() {
        return parameters;
    }

    List<Tensor> run(Scope scope, String method, Object... arguments) {
        return program.run(scope, method, arguments);
    }

    /** Mean and deviation of points weighted one by one. */
    Standardization standardization(Points points, double[] weights) {
        try (Scope scope = device.newScope()) {
            List<Tensor> found =
                    run(scope, "standardization", tensor(scope, points), scope.doubles(weights, weights.length));
            return Standardization.rounded(
                    found.get(0).toDoubles(), found.get(1).toDoubles());
        }
    }

    /** Standardized points in float32, (R, N, d). */
    Tensor standardized(Scope scope, Points points, Standardization standardization) {
        try (Scope call = device.newScope()) {
            return run(
                            scope,
                            "standardize",
                            tensor(call, points),
                            standardization.mean(call, shape),
                            standardization.deviation(call, shape))
                    .get(0);
        }
    }

    private Tensor tensor(Scope scope, Points points) {
        return scope.doubles(points.values(), shape.replicas(), points.count(), shape.dimensions());
    }
}
