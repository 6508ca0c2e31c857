package org.autophage.remedy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.autophage.base.Work;
import org.autophage.data.Dataset;
import org.autophage.data.Images;
import org.autophage.metrics.FeatureChoice;
import org.autophage.metrics.classifier.ClassifierCache;
import org.autophage.metrics.classifier.RealOrDrawn;
import org.autophage.metrics.classifier.Verifier;
import org.autophage.metrics.features.FeatureExtractor;
import org.autophage.model.ModelFamily;
import org.autophage.program.Device;
import org.jspecify.annotations.Nullable;

/** What remedies of one run have at hand, made when first asked for and shared by all of them. */
public final class RemedyContext implements AutoCloseable {
    private final Device device;
    private final Dataset dataset;
    private final ClassifierCache cache;
    private final BriefTraining brief;
    private final Work work;
    private final List<ModelFamily> families = new ArrayList<>();
    private final Map<FeatureChoice, FeatureExtractor> networks = new LinkedHashMap<>();
    private @Nullable Verifier verifier;
    private @Nullable RealOrDrawn realOrDrawn;

    /** Makes the family of the experiment's models, for another training than theirs. */
    @FunctionalInterface
    public interface BriefTraining {
        /**
         * The family; its trainings start from a model.
         *
         * @param steps of the optimizer; of no meaning for models that are fitted in closed form
         * @param rate by which the learning rates are multiplied
         */
        ModelFamily family(int steps, double rate);
    }

    /**
     * @param cache where classifiers are kept, this run's own first
     * @param work tells progress; stops what is trained once
     */
    public RemedyContext(Device device, Dataset dataset, ClassifierCache cache, BriefTraining brief, Work work) {
        this.device = device;
        this.dataset = dataset;
        this.cache = cache;
        this.brief = brief;
        this.work = work;
    }

    /** The dataset; remedies look at no holdout. */
    Dataset dataset() {
        return dataset;
    }

    /** A classifier that no metric knows, trained on the dataset's real images without its holdout. */
    Verifier verifier() {
        if (verifier == null) {
            verifier = Verifier.open(device, dataset, cache, work);
        }
        return verifier;
    }

    /** What is told wherever the verifier takes part. */
    Map<String, Number> knownOfVerifier() {
        Map<String, Number> known = new LinkedHashMap<>();
        known.put("verifierAccuracy", verifier().testAccuracy());
        known.put("verifierTrainedOn", verifier().trainedOn());
        return known;
    }

    /**
     * A TorchScript network of the user's; closed with this.
     *
     * @throws org.autophage.base.AutophageException with USAGE if it is missing, none or not trusted
     */
    FeatureExtractor network(FeatureChoice choice) {
        return networks.computeIfAbsent(choice, each -> each.open(device, null, cache, work));
    }

    /** A discriminator of images, for trainings of any number of generations; closed with this. */
    RealOrDrawn realOrDrawn(Images like) {
        if (realOrDrawn == null) {
            realOrDrawn = RealOrDrawn.open(device, like);
        }
        return realOrDrawn;
    }

    /** A family for a brief training, see {@link BriefTraining}; closed with this. */
    ModelFamily brief(int steps, double rate) {
        ModelFamily family = brief.family(steps, rate);
        families.add(family);
        return family;
    }

    /** What the remedies' results rest on besides spec and data: networks by their names with hashes; empty if on none. */
    public String networks() {
        return Stream.concat(
                        Optional.ofNullable(verifier).map(Verifier::name).stream(),
                        networks.values().stream().map(FeatureExtractor::name))
                .collect(Collectors.joining(" "));
    }

    /** Writes those among them that are trained for the run into a folder from which {@link ClassifierCache#preferring} reads them. */
    public void save(Path folder) throws IOException {
        if (verifier != null) {
            verifier.save(folder);
        }
    }

    @Override
    public void close() {
        families.forEach(ModelFamily::close);
        families.clear();
        networks.values().forEach(FeatureExtractor::close);
        networks.clear();
        if (realOrDrawn != null) {
            realOrDrawn.close();
            realOrDrawn = null;
        }
        if (verifier != null) {
            verifier.close();
            verifier = null;
        }
    }
}
