package org.autophage.model.vae;

import org.autophage.data.Encoder;
import org.autophage.data.Images;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/** The encoder of a trained variational autoencoder. */
final class VaeEncoder implements Encoder {
    /** Images encoded at a time. */
    private static final int CHUNK = 500;

    private final VaeProgram program;
    private final Scope scope;
    private final Tensor flat;

    /**
     * @param weights flat
     */
    VaeEncoder(VaeProgram program, float[] weights) {
        this.program = program;
        this.scope = program.device().newScope();
        this.flat = scope.floats(weights, weights.length);
    }

    @Override
    public float[] means(Images images) {
        int latent = program.latent();
        float[] means = new float[Math.multiplyExact(images.count(), latent)];
        for (int from = 0; from < images.count(); from += CHUNK) {
            Images chunk = images.slice(from, Math.min(images.count(), from + CHUNK));
            try (Scope call = scope.newScope()) {
                Tensor pixels = chunk.onDevice(call);
                Tensor labels = call.longs(program.shape().labelsOf(chunk), chunk.count());
                float[] part =
                        program.run(call, "means", flat, pixels, labels).get(0).toFloats();
                System.arraycopy(part, 0, means, from * latent, part.length);
            }
        }
        return means;
    }

    @Override
    public void close() {
        scope.close();
    }
}
