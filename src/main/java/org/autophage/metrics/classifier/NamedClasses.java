package org.autophage.metrics.classifier;

import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Value;
import org.jspecify.annotations.Nullable;

/**
 * That every image is given its label.
 *
 * @param withstood changes every image of a step before, which is adversarial training (Madry et al., arXiv 1706.06083); null for
 *     images as they are
 */
record NamedClasses(@Nullable Attack withstood) implements TrainingObjective {
    /** Of images as they are. */
    static final NamedClasses PLAIN = new NamedClasses(null);

    @Override
    public Value loss(Graph graph, Network network, Value images, Value labels) {
        Value seen = withstood == null ? images : withstood.record(graph, images, labels, network::ofFixed);
        return Functional.crossEntropy(network.outputs(seen), labels);
    }
}
