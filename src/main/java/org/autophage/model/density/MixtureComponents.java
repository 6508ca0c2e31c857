package org.autophage.model.density;

import java.util.ArrayList;
import java.util.List;
import org.autophage.data.PointShape;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/**
 * The components of a batch of mixtures, float64 on a device.
 *
 * @param logWeights natural logarithms of the weights, shape (R, K, 1); −∞ for a component that was dropped
 * @param means shape (R, K, d)
 * @param factors shape (R, K, d, d), lower triangular L with Σ = LLᵀ
 */
record MixtureComponents(Tensor logWeights, Tensor means, Tensor factors) implements AutoCloseable {
    /** Zeros where components are asked for that nothing depends on. */
    static MixtureComponents zeros(Scope scope, PointShape shape, int components) {
        int replicas = shape.replicas();
        int d = shape.dimensions();
        return new MixtureComponents(
                scope.doubles(new double[replicas * components], replicas, components, 1),
                scope.doubles(new double[replicas * components * d], replicas, components, d),
                scope.doubles(new double[replicas * components * d * d], replicas, components, d, d));
    }

    /** Moves the tensors to another scope. */
    void moveTo(Scope scope) {
        logWeights.moveTo(scope);
        means.moveTo(scope);
        factors.moveTo(scope);
    }

    /** Arguments of a method that takes the components after some others. */
    Object[] after(Object... others) {
        List<Object> arguments = new ArrayList<>(List.of(others));
        arguments.addAll(List.of(logWeights, means, factors));
        return arguments.toArray();
    }

    @Override
    public void close() {
        logWeights.close();
        means.close();
        factors.close();
    }
}
