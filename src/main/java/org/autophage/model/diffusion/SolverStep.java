package org.autophage.model.diffusion;

import org.autophage.data.ImageShape;
import org.autophage.program.Graph;
import org.autophage.program.Graph.ElementType;
import org.autophage.program.Value;
import org.jspecify.annotations.Nullable;

/**
 * A sampler's method while it is recorded: the inputs that all of them have, {@code (flat, x, labels, sigma_from, sigma_to[,
 * w])}, and the pieces that a step is made of.
 *
 * @param flat parameters
 * @param x images at σ = from, (N, C, H, W)
 * @param labels int64 (N)
 * @param weight w of guidance; null without
 */
record SolverStep(Graph graph, Value flat, Value x, Value labels, Value from, Value to, @Nullable Value weight) {
    /**
     * Begins to record.
     *
     * @param method name of the sampler's
     */
    static SolverStep of(String method, boolean guided, ImageShape shape) {
        Graph graph = new Graph(name(method, guided));
        return new SolverStep(
                graph,
                graph.input("flat", Graph.ANY),
                graph.input("x", Graph.ANY, shape.channels(), shape.size(), shape.size()),
                graph.input("labels", Graph.ANY),
                graph.inputNumber("sigma_from"),
                graph.inputNumber("sigma_to"),
                guided ? graph.inputNumber("w") : null);
    }

    /** Of a sampler's method with guidance or without. */
    static String name(String method, boolean guided) {
        return guided ? method + "_guided" : method;
    }

    /** The estimate D(noisy; level) of the clean images. */
    Value denoised(Value noisy, Value level) {
        Value ones =
                graph.emit(labels.dims(), "torch.ones_like", labels, new Graph.Keyword("dtype", ElementType.FLOAT32));
        Value sigma = ones.times(level);
        return weight == null
                ? graph.call(x.dims(), "denoise", flat, noisy, sigma, labels)
                : graph.call(x.dims(), "denoise_guided", flat, noisy, sigma, labels, weight);
    }

    /** dx/dσ = (x − D(x; σ))/σ. */
    Value slope(Value noisy, Value level) {
        return noisy.minus(denoised(noisy, level)).dividedBy(level);
    }

    /** The images at σ = to on a straight line of this slope. */
    Value advance(Value slope) {
        return x.plus(slope.times(to.minus(from)));
    }
}
