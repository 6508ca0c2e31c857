package org.autophage.model;

import java.util.Optional;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Encoder;
import org.autophage.data.Samples;
import org.autophage.model.NetworkTraining.Trained;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/** A trained model of images. */
final class ImageModel extends NetworkModel {
    private final ImageProgram program;
    private final Tensor flat;

    ImageModel(ImageProgram program, Trained trained) {
        super(program, trained);
        this.program = program;
        this.flat = scope().floats(parameters(), parameters().length);
    }

    @Override
    public Samples sample(int count, double bias, Seeds.Stream seeds, Work work) {
        return program.sampling().run(count, seeds, work, labels -> {
            try (Scope call = scope().newScope()) {
                return program.draw(call, flat, labels, bias);
            }
        });
    }

    @Override
    public Optional<Encoder> encoder() {
        return program.encoder(parameters());
    }
}
