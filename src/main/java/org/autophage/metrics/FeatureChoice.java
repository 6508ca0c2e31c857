package org.autophage.metrics;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autophage.base.AutophageException;
import org.autophage.base.Trust;
import org.autophage.base.Work;
import org.autophage.base.WrongValue;
import org.autophage.command.ForeignProgram;
import org.autophage.data.Dataset;
import org.autophage.data.catalog.InceptionFile;
import org.autophage.metrics.classifier.ClassifierCache;
import org.autophage.metrics.features.FeatureExtractor;
import org.autophage.metrics.features.PixelFeatures;
import org.autophage.metrics.features.Preprocessing;
import org.autophage.metrics.features.ProgramFeatures;
import org.autophage.metrics.features.ScriptFeatures;
import org.autophage.program.Device;
import org.jspecify.annotations.Nullable;

/**
 * Which features a person wants: {@code lenet}, {@code pixels}, {@code inception}, or the path of a TorchScript file
 * with options behind it, {@code dinov2.pt size=224 mean=imagenet std=imagenet}; see {@link Preprocessing}; or a program of one's own,
 * {@code command:python3 features.py}. Such files are programs, which run only if they are trusted.
 *
 * @param network lenet, pixels, inception, the path, or the whole text of a command
 * @param preprocessing of images for a TorchScript file; the others have their own
 */
public record FeatureChoice(String network, Preprocessing preprocessing) {
    public static final String LENET = "lenet";
    public static final String INCEPTION = "inception";
    /** What a program of one's own begins with. */
    private static final String COMMAND = "command:";

    private static final List<String> NAMES = List.of(LENET, PixelFeatures.NAME, INCEPTION);

    private static final Pattern OPTION = Pattern.compile("(.*\\S)\\s+(\\w+)=(\\S+)\\s*");
    private static final Pattern SCRIPT = Pattern.compile(".*\\.(pt|pth|ts|jit|torchscript)");

    /**
     * Reads a choice; files are not looked at yet.
     *
     * @param key what the text is the value of, such as metrics.features
     * @throws AutophageException (usage) naming the key if it is none
     */
    public static FeatureChoice parse(String key, String text) {
        if (text.strip().startsWith(COMMAND)) {
            FeatureChoice choice = new FeatureChoice(text.strip(), Preprocessing.DEFAULTS);
            ForeignProgram.parse(key, choice.words());
            return choice;
        }
        Matcher option = OPTION.matcher(text);
        if (option.matches()) {
            FeatureChoice rest = parse(key, option.group(1));
            if (NAMES.contains(rest.network)) {
                throw WrongValue.of(
                        key,
                        "'" + text + "'",
                        "only a TorchScript file has options, %s has its own".formatted(rest.network));
            }
            return new FeatureChoice(rest.network, rest.preprocessing.with(option.group(2), option.group(3)));
        }
        String network = text.strip();
        if (!NAMES.contains(network) && !SCRIPT.matcher(network).matches() && !Files.exists(Path.of(network))) {
            throw WrongValue.of(
                    key,
                    "'" + text + "'",
                    "must be lenet, pixels, inception, the path of a TorchScript file, or command: with a program behind it");
        }
        return new FeatureChoice(network, Preprocessing.DEFAULTS);
    }

    /** What they are called where several are told apart: a file by its name without ending. */
    public String shortName() {
        if (isCommand()) {
            List<String> words = program().words();
            return "command-" + stem(Path.of(words.get(words.size() - 1))).replaceAll("[^A-Za-z0-9_-]", "-");
        }
        return NAMES.contains(network) ? network : stem(Path.of(network)).replaceAll("[^A-Za-z0-9_-]", "-");
    }

    /** Whether they come from a program of one's own. */
    private boolean isCommand() {
        return network.startsWith(COMMAND);
    }

    private String words() {
        return network.substring(COMMAND.length());
    }

    private ForeignProgram program() {
        return ForeignProgram.parse("features", words());
    }

    private static String stem(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.\\w+$", "");
    }

    /**
     * Reads the choice of a TorchScript file, and nothing else.
     *
     * @throws AutophageException (usage) naming the key if it is none
     */
    public static FeatureChoice parseScript(String key, String text) {
        FeatureChoice choice = parse(key, text);
        if (NAMES.contains(choice.network) || choice.isCommand()) {
            throw AutophageException.usage("%s is '%s': must be the path of a TorchScript file".formatted(key, text));
        }
        return choice;
    }

    /** Whether these features come from a classifier of a dataset. */
    public boolean needsDataset() {
        return network.equals(LENET);
    }

    /** Whether extracting them takes longer than reading them from a cache. */
    public boolean isWorthCaching() {
        return !network.equals(PixelFeatures.NAME);
    }

    /**
     * Checks that a file that is needed is there and may be run, before any work.
     *
     * @throws AutophageException (usage) naming the file
     */
    public void check(Trust trust) {
        requireFile();
        if (isCommand()) {
            program().check("features", trust);
        } else if (!NAMES.contains(network)) {
            requireTrusted(Path.of(network), trust);
        }
    }

    /**
     * Checks that a file that is needed is there; whether it may be run is not asked.
     *
     * @throws AutophageException (usage) naming the file
     */
    public void requireFile() {
        if (network.equals(INCEPTION)) {
            InceptionFile.find();
        } else if (!isCommand() && !NAMES.contains(network) && !Files.isRegularFile(Path.of(network))) {
            throw AutophageException.usage(network + " is missing: must be a TorchScript file");
        }
    }

    /** The published Inception network is known by its hash. */
    private static void requireTrusted(Path file, Trust trust) {
        if (!InceptionFile.is(file)) {
            trust.require(file);
        }
    }

    /**
     * Checks that a TorchScript file still is the one that a run was measured with; other features go with the run.
     *
     * @param extractor the folder that the run's extractor was saved to; need not be there
     * @throws AutophageException (usage) naming the file and both hashes
     */
    public void checkUnchanged(Path extractor) {
        requireFile();
        if (isCommand()) {
            ProgramFeatures.checkUnchanged(program(), extractor);
        } else if (!NAMES.contains(network)) {
            ScriptFeatures.checkUnchanged(Path.of(network), extractor);
        }
    }

    /**
     * Gets the extractor ready.
     *
     * @param dataset whose classifier is meant, for {@link #needsDataset}
     * @throws AutophageException (usage) if a file is missing, none or not trusted, or there is no dataset where one is
     *     needed
     */
    public FeatureExtractor open(Device device, @Nullable Dataset dataset, ClassifierCache classifiers, Work work) {
        switch (network) {
            case LENET -> {
                if (dataset == null) {
                    throw AutophageException.usage(
                            "features lenet come from a classifier of a dataset's images, and none"
                                    + " is named here: use inception, pixels or a TorchScript file");
                }
                return classifiers.lenet(device, dataset, work);
            }
            case PixelFeatures.NAME -> {
                return new PixelFeatures();
            }
            case INCEPTION -> {
                return ScriptFeatures.load(device, INCEPTION, InceptionFile.find(), Preprocessing.RAW);
            }
            default -> {
                check(work.trust());
                if (isCommand()) {
                    return new ProgramFeatures(program(), shortName(), device);
                }
                Path file = Path.of(network);
                return InceptionFile.is(file)
                        ? ScriptFeatures.load(device, INCEPTION, file, Preprocessing.RAW)
                        : ScriptFeatures.load(device, stem(file), file, preprocessing);
            }
        }
    }
}
