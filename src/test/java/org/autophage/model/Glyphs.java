package org.autophage.model;

import java.util.Arrays;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Images;
import org.autophage.data.Origins;
import org.autophage.data.TrainingSet;
import org.autophage.data.strokes.StrokesSpec;
import org.autophage.measure.Composition;

/** Drawn glyphs of 16×16 pixels, for models that are small enough for tests. */
public final class Glyphs {
    private Glyphs() {}

    /** The first glyphs as a training set, all of them real. */
    public static TrainingSet trainingSet(int count) {
        long[] indices = new long[count];
        Arrays.setAll(indices, i -> i);
        Images images = new StrokesSpec(16, 10, 0).open().real(indices);
        return new TrainingSet(images, new Origins(new int[count], indices), new Composition(count, 0, 0));
    }

    /** How bright 200 drawn images are on average, from 0 to 255. */
    public static double meanPixelDrawn(GenerativeModel model) {
        Seeds.Stream seeds = new Seeds(0).stream(1, Phase.SAMPLE);
        byte[] pixels = ((Images) model.sample(200, 1.0, seeds, Work.UNATTENDED)).pixels();
        long sum = 0;
        for (byte pixel : pixels) {
            sum += Byte.toUnsignedInt(pixel);
        }
        return (double) sum / pixels.length;
    }
}
