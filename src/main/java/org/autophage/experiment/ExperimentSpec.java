package org.autophage.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.base.WrongValue;
import org.autophage.collapse.StopSpec;
import org.autophage.data.DatasetSpec;
import org.autophage.data.strokes.StrokesSpec;
import org.autophage.loop.Keep;
import org.autophage.loop.LoopPlan;
import org.autophage.loop.LoopSpec;
import org.autophage.metrics.suite.MetricsSpec;
import org.autophage.model.ModelSpec;
import org.autophage.model.Sampling;
import org.autophage.model.SamplingSpec;
import org.autophage.model.diffusion.DiffusionSpec;
import org.autophage.program.DeviceName;
import org.autophage.remedy.Remedy;
import org.autophage.remedy.Setting;
import org.autophage.sink.SinksSpec;
import org.autophage.spec.KeyPath;
import org.autophage.spec.SpecBinder;
import org.autophage.spec.SpecSource;
import org.autophage.spec.Yaml;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a person asks for: everything that determines an experiment's results, put together from the spec records of its
 * parts. Immutable; {@link #toYaml} writes every default out.
 */
public record ExperimentSpec(
        @JsonPropertyDescription(
                        "Name of the experiment and of its run folder, at most 200 letters, digits and . _ , = + -; left out, the file's name")
                String name,
        @JsonPropertyDescription("One run of the whole loop a seed: different whole numbers of at least 0")
                List<Long> seeds,
        @JsonPropertyDescription(
                        "auto (a GPU if there is one), cpu, gpu, or gpu:N; gpu/M or gpu:N/M is for one of M processes that share a GPU")
                String device,
        @JsonPropertyDescription(
                        "Which generations keep their samples and models on disk: all, last (what the next generation needs), or none (an interrupted run begins again). Records and grids always stay")
                Keep keep,
        @JsonPropertyDescription("Where real samples come from") DatasetSpec dataset,
        @JsonPropertyDescription("Which family of models is trained, and how") ModelSpec model,
        @JsonPropertyDescription("How models are sampled") SamplingSpec sampling,
        @JsonPropertyDescription("Which data each generation is trained on") LoopSpec loop,
        @JsonPropertyDescription(
                        "What is done against collapse, in this order: to trained models, and to their samples before others learn from them")
                @JsonInclude(JsonInclude.Include.NON_EMPTY)
                List<Remedy> remedies,
        @JsonPropertyDescription("How generations are measured") MetricsSpec metrics,
        @JsonPropertyDescription("When a seed's loop ends before its last generation") StopSpec stop,
        @JsonPropertyDescription("Where records go besides the run folder; no part of the experiment's identity")
                SinksSpec sinks) {
    /** The section that makes a spec many; it is no part of any of them. */
    public static final String SWEEP = "sweep";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._,=+-]*");
    private static final int LONGEST_NAME = 200;

    /** What holds where a spec says nothing, but for the name, which is the file's. */
    public static final ExperimentSpec DEFAULTS = new ExperimentSpec(
            "unnamed",
            List.of(0L),
            "auto",
            Keep.ALL,
            StrokesSpec.DEFAULTS,
            DiffusionSpec.DEFAULTS,
            SamplingSpec.DEFAULTS,
            LoopSpec.DEFAULTS,
            List.of(),
            MetricsSpec.DEFAULTS,
            StopSpec.DEFAULTS,
            SinksSpec.DEFAULTS);

    public ExperimentSpec {
        checkName(name);
        seeds = List.copyOf(seeds);
        if (seeds.isEmpty()) {
            throw WrongValue.of("seeds", seeds, "must have at least one seed, such as [0]");
        }
        for (int i = 0; i < seeds.size(); i++) {
            Checks.within("seeds[" + i + "]", seeds.get(i), Range.atLeast(0));
        }
        if (new HashSet<>(seeds).size() < seeds.size()) {
            throw WrongValue.of("seeds", seeds, "no seed can come twice");
        }
        if (DeviceName.parse(device).isEmpty()) {
            throw WrongValue.of("device", device, DeviceName.FORM);
        }
        model = model.complete();
        sampling = model.complete(sampling).written();
        Setting setting = setting(loop, sampling, metrics, model);
        remedies = remedies == null
                ? List.of()
                : remedies.stream().map(remedy -> remedy.complete(setting)).toList();
    }

    /** Refuses what cannot name a run's folder. */
    public static void checkName(String name) {
        if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
            throw WrongValue.of(
                    SpecSource.NAME,
                    "\"" + name + "\"",
                    ("must be at most %d letters, digits and . _ , = + - and not begin with a sign,"
                                    + " because a folder is named after it")
                            .formatted(LONGEST_NAME));
        }
    }

    /** What remedies are told of the experiment before its dataset is open. */
    private static Setting setting(LoopSpec loop, SamplingSpec sampling, MetricsSpec metrics, ModelSpec model) {
        return new Setting(
                new LoopPlan(loop, sampling.bias(), metrics.samples()),
                model,
                null,
                0,
                metrics.choices().keySet(),
                model.complete(sampling).solver());
    }

    /**
     * Reads a spec.
     *
     * @param file YAML; see {@code experiments/schema.json}
     * @param overrides each {@code key.path=value}
     * @throws AutophageException with USAGE if the file is missing or says something that is not possible
     */
    public static ExperimentSpec read(Path file, List<String> overrides) {
        SpecSource source = SpecSource.read(ExperimentSpec.class, file, overrides);
        if (source.tree().hasNonNull(SWEEP)) {
            throw AutophageException.usage(
                    file + " has a section sweep, which makes it many experiments: run them with `autophage sweep`");
        }
        return source.bind(ExperimentSpec.class);
    }

    /** What the section {@code sampling} comes to. */
    public Sampling drawing() {
        return model.complete(sampling);
    }

    /** The spec with every default written out; reading it gives an equal spec. */
    public String toYaml() {
        return Yaml.write(tree());
    }

    ObjectNode tree() {
        return SpecBinder.MAPPER.valueToTree(this);
    }

    /** The spec with some keys set to other values. */
    public ExperimentSpec with(String key, Object value) {
        ObjectNode changed = tree();
        KeyPath.parse(key).set(changed, SpecBinder.MAPPER.valueToTree(value));
        return SpecBinder.bind(ExperimentSpec.class, changed, place -> "spec");
    }

    /** The spec with a key left out that has no default. */
    public ExperimentSpec without(String key) {
        ObjectNode changed = tree();
        KeyPath.parse(key).remove(changed);
        return SpecBinder.bind(ExperimentSpec.class, changed, place -> "spec");
    }
}
