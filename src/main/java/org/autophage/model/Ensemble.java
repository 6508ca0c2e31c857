package org.autophage.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Density;
import org.autophage.data.Images;
import org.autophage.data.LabelOrder;
import org.autophage.data.Samples;
import org.autophage.run.GenerationFolder;

/**
 * Several models of one family as one: a mixture of equal shares. Which member sample i comes from is drawn at random, and
 * depends on the seeds and on i only; of every class a member gives its own draws in turn, so that sample i is of the class that it
 * was asked to be of.
 *
 * @param members closed with this
 * @param labels of samples in turn
 */
record Ensemble(List<GenerativeModel> members, LabelOrder labels) implements DenoisingModel {
    private static final long CHOICE = -1;

    @Override
    public Samples sample(int count, double bias, Seeds.Stream seeds, Work work) {
        int[] member = new int[count];
        int[] number = new int[count];
        int[] needed = chosen(seeds.random(CHOICE), member, number);
        List<Samples> drawn = new ArrayList<>();
        int[] first = new int[members.size()];
        int total = 0;
        for (int m = 0; m < members.size(); m++) {
            first[m] = total;
            if (needed[m] > 0) {
                Seeds own = new Seeds(seeds.of(CHOICE - 1 - m));
                drawn.add(members.get(m)
                        .sample(needed[m], bias, own.stream(0, Phase.SAMPLE), work.within(EnsembleFamily.name(m))));
            }
            total += needed[m];
        }
        return Samples.concatenate(drawn)
                .select(IntStream.range(0, count)
                        .map(i -> first[member[i]] + number[i])
                        .toArray());
    }

    /** Each sample is one member's, chosen at random: the mixture's own posterior would weigh members by how likely they find the sample. */
    @Override
    public Samples edited(Samples clean, double noise, double bias, Seeds.Stream seeds, Work work) {
        SplittableRandom random = seeds.random(CHOICE);
        int[] member = IntStream.range(0, clean.count())
                .map(i -> random.nextInt(members.size()))
                .toArray();
        List<Samples> edited = new ArrayList<>();
        int[] place = new int[clean.count()];
        int total = 0;
        for (int m = 0; m < members.size(); m++) {
            int each = m;
            int[] own = IntStream.range(0, place.length)
                    .filter(i -> member[i] == each)
                    .toArray();
            if (own.length > 0) {
                Seeds ofMember = new Seeds(seeds.of(CHOICE - 1 - m));
                edited.add(members.get(m)
                        .edited(
                                clean.select(own),
                                noise,
                                bias,
                                ofMember.stream(0, Phase.SAMPLE),
                                work.within(EnsembleFamily.name(m))));
            }
            for (int i : own) {
                place[i] = total++;
            }
        }
        return Samples.concatenate(edited).select(place);
    }

    /**
     * Chooses for every sample a member and the number that the sample has there: of a class, the member's draws come in turn.
     *
     * @return how many draws each member makes
     */
    private int[] chosen(SplittableRandom random, int[] member, int[] number) {
        int[] needed = new int[members.size()];
        int[][] at = new int[members.size()][labels.classes()];
        for (int[] each : at) {
            Arrays.fill(each, -1);
        }
        for (int i = 0; i < member.length; i++) {
            int m = random.nextInt(members.size());
            int label = labels.at(i);
            int next = at[m][label] + 1;
            while (labels.at(next) != label) {
                next++;
            }
            at[m][label] = next;
            member[i] = m;
            number[i] = next;
            needed[m] = Math.max(needed[m], next + 1);
        }
        return needed;
    }

    /** Of the members' losses the mean. */
    @Override
    public double[] losses(Images images) {
        double[] mean = new double[images.count()];
        for (GenerativeModel member : members) {
            double[] losses = member.losses(images);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += losses[i] / members.size();
            }
        }
        return mean;
    }

    @Override
    public Optional<Density> density() {
        List<Density> each =
                members.stream().flatMap(member -> member.density().stream()).toList();
        return each.size() == members.size() ? Optional.of(new Mixture(each)) : Optional.empty();
    }

    /** Equal shares of densities. */
    private record Mixture(List<Density> parts) implements Density {
        @Override
        public boolean hasLikelihood() {
            return parts.stream().allMatch(Density::hasLikelihood);
        }

        @Override
        public double[] logDensity(Samples samples) {
            List<double[]> logs =
                    parts.stream().map(part -> part.logDensity(samples)).toList();
            double[] mixed = new double[logs.get(0).length];
            for (int i = 0; i < mixed.length; i++) {
                int place = i;
                double largest =
                        logs.stream().mapToDouble(log -> log[place]).max().orElseThrow();
                double sum = logs.stream()
                        .mapToDouble(log -> Math.exp(log[place] - largest))
                        .sum();
                // where none has any density, the difference above is not a number
                mixed[i] = largest == Double.NEGATIVE_INFINITY ? largest : largest + Math.log(sum / parts.size());
            }
            return mixed;
        }
    }

    /** Those of all members, under their names. */
    @Override
    public Optional<ModelWeights> weights() {
        Map<String, float[]> floats = new LinkedHashMap<>();
        Map<String, double[]> doubles = new LinkedHashMap<>();
        for (int m = 0; m < members.size(); m++) {
            Optional<ModelWeights> weights = members.get(m).weights();
            if (weights.isEmpty()) {
                return Optional.empty();
            }
            String prefix = EnsembleFamily.name(m) + ".";
            weights.get().floats().forEach((name, array) -> floats.put(prefix + name, array));
            weights.get().doubles().forEach((name, array) -> doubles.put(prefix + name, array));
        }
        return Optional.of(new ModelWeights(floats, doubles));
    }

    @Override
    public GenerativeModel with(ModelWeights weights) {
        List<GenerativeModel> others = new ArrayList<>();
        for (int m = 0; m < members.size(); m++) {
            String prefix = EnsembleFamily.name(m) + ".";
            others.add(members.get(m)
                    .with(new ModelWeights(own(weights.floats(), prefix), own(weights.doubles(), prefix))));
        }
        return new Ensemble(others, labels);
    }

    private static <A> Map<String, A> own(Map<String, A> arrays, String prefix) {
        Map<String, A> own = new LinkedHashMap<>();
        arrays.forEach((name, array) -> {
            if (name.startsWith(prefix)) {
                own.put(name.substring(prefix.length()), array);
            }
        });
        return own;
    }

    @Override
    public long clippedVariances() {
        return members.stream().mapToLong(GenerativeModel::clippedVariances).sum();
    }

    @Override
    public Map<String, EarlyStop> earlyStops() {
        Map<String, EarlyStop> all = new LinkedHashMap<>();
        for (int m = 0; m < members.size(); m++) {
            String name = EnsembleFamily.name(m);
            members.get(m).earlyStops().values().forEach(stop -> all.put(name, stop));
        }
        return all;
    }

    /** Member by member, of an ensemble of as many. */
    @Override
    public DenoisingModel awayFrom(GenerativeModel other, double weight) {
        List<GenerativeModel> theirs = ((Ensemble) other).members;
        return new Ensemble(
                IntStream.range(0, members.size())
                        .<GenerativeModel>mapToObj(
                                m -> ((DenoisingModel) members.get(m)).awayFrom(theirs.get(m), weight))
                        .toList(),
                labels);
    }

    @Override
    public DenoisingModel endingAt(double noise, boolean denoised) {
        return new Ensemble(
                members.stream()
                        .<GenerativeModel>map(member -> ((DenoisingModel) member).endingAt(noise, denoised))
                        .toList(),
                labels);
    }

    @Override
    public void save(Path folder) throws IOException {
        for (int m = 0; m < members.size(); m++) {
            members.get(m)
                    .save(Files.createDirectories(
                            new GenerationFolder(folder).members().resolve(EnsembleFamily.name(m))));
        }
    }

    @Override
    public void close() {
        members.forEach(GenerativeModel::close);
    }
}
