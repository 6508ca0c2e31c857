package org.autophage.export;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.DiskErrors;
import org.autophage.base.Phase;
import org.autophage.base.Range;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.ImageShape;
import org.autophage.data.PointShape;
import org.autophage.data.SampleShape;
import org.autophage.data.TokenShape;
import org.autophage.experiment.ExperimentInputs;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.program.Device;
import org.autophage.run.GenerationFolder;
import org.autophage.run.RunGeneration;
import org.jspecify.annotations.Nullable;

/**
 * Samples of a model that a run has kept. Where nothing else is asked for, sample i is the one that the run drew: its random numbers are
 * keyed by seed, generation and number, and not by how many are drawn.
 *
 * @param generation whose model
 * @param count how many samples, of every replica
 * @param bias λ; null for the run's
 * @param seed which random numbers; null for those of the run's seed
 * @param labels which classes, see {@link LabelsAsked}; null as the run asked
 * @param device auto, cpu, gpu or gpu:N
 */
public record RunSampling(
        RunGeneration generation,
        long count,
        @Nullable Double bias,
        @Nullable Long seed,
        @Nullable String labels,
        String device) {
    private static final int MOST = 100_000_000;

    public RunSampling {
        Checks.within("--count", count, Range.wholeFrom(1, MOST));
        Checks.within(
                "--bias", bias, Range.openClosed(0, 1), "where 1 is unbiased and smaller values favour the modes");
        Checks.within("--seed", seed, Range.atLeast(0));
    }

    /**
     * Draws the samples and writes them.
     *
     * @return what was done, for people
     * @throws AutophageException with USAGE if the model was not kept, or cannot be sampled so, or dataset or program
     *     are no longer the run's; INTERRUPTED when stopped, and then
     *     nothing is written
     */
    public String write(ExportTarget target, Work work) {
        GenerationFolder files = generation.files();
        generation.requireModel();
        ExperimentSpec spec = RunSpec.read(generation.run());
        ExperimentInputs opened = ExperimentInputs.open(spec, work);
        RunSpec.requireSame(opened.dataset(), generation.run());
        RunSpec.requireSame(spec.model(), generation.run());
        ExperimentInputs inputs = asked(opened);
        SampleShape shape = inputs.shape();
        target.check(shape.kind());
        requireRoom(shape, target.form());
        double lambda = inputs.spec().sampling().bias();
        long key = seed == null ? generation.seed().seed() : seed;
        Seeds.Stream stream = new Seeds(key).stream(generation.number(), Phase.SAMPLE);
        try (Device on = Device.of(device);
                ModelFamily family = inputs.family(on);
                GenerativeModel model = family.load(files.path())) {
            Optional<ImageShape> images = shape.ofImages();
            if (images.isPresent()) {
                try (SpooledImages spool = new SpooledImages(target.path(), images.get(), count)) {
                    model.sampleInParts(
                            (int) count,
                            lambda,
                            stream,
                            work,
                            part -> spool.add(part.images().orElseThrow()));
                    target.write(spool.all(), work);
                }
            } else {
                target.write(model.sample((int) count, lambda, stream, work), work);
            }
        } catch (IOException e) {
            throw DiskErrors.cannotRead(files.path(), e);
        }
        return String.format(
                Locale.ROOT,
                "%,d samples of the model of %s, λ = %s, with the random numbers of seed %d",
                count,
                generation.describe(),
                lambda,
                key);
    }

    private ExperimentInputs asked(ExperimentInputs inputs) {
        ExperimentInputs biased = bias == null ? inputs : inputs.with("sampling.bias", bias);
        return labels == null
                ? biased
                : new ExperimentInputs(biased.spec(), biased.dataset(), LabelsAsked.shape(biased, labels));
    }

    /** What cannot be held at all is refused before it is drawn for hours. */
    private void requireRoom(SampleShape shape, SampleForm form) {
        long inHeap = shape.ofPoints().map(PointShape::dimensions).orElse(0) * (long) Double.BYTES
                + shape.ofTokens().map(TokenShape::length).orElse(0) * (long) Integer.BYTES;
        long inArchive =
                form == SampleForm.NPZ ? shape.ofImages().map(ImageShape::bytes).orElse(0) : 0;
        long each = shape.replicas() * inHeap + inArchive;
        if (each > 0 && count > Integer.MAX_VALUE / each) {
            throw AutophageException.usage(
                    "--count is %d: samples of this run take up to %d bytes, and %s holds 2 GiB of them, so at most %d%s"
                            .formatted(
                                    count,
                                    each,
                                    inHeap > 0 ? "a process" : "an .npz file",
                                    Integer.MAX_VALUE / each,
                                    inHeap > 0 ? "" : "; a .zip or a folder takes any number"));
        }
    }
}
