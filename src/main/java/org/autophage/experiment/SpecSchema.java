package org.autophage.experiment;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.TypeScope;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.autophage.data.ClassRatios;
import org.autophage.data.DatasetSpec;
import org.autophage.data.points.PointDrift;
import org.autophage.data.sequence.TokenWeights;
import org.autophage.data.sequence.TransitionWeights;
import org.autophage.loop.Counts;
import org.autophage.loop.Memory;
import org.autophage.loop.RealWeight;
import org.autophage.metrics.known.KnownMetrics;
import org.autophage.metrics.suite.MetricsSpec;
import org.autophage.model.ModelSpec;
import org.autophage.model.density.Bandwidth;
import org.autophage.remedy.Remedy;
import org.autophage.remedy.Strength;
import org.autophage.spec.SpecBinder;
import org.autophage.spec.SpecDefaults;
import org.autophage.spec.SpecKinds;
import org.autophage.spec.SpecSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON schema of specs, generated from their records: editors complete and check specs by it. What depends on
 * several keys, such as which keys a kind of loop has, is left to {@code autophage validate}.
 */
public final class SpecSchema {
    /** Types that a spec writes as something other than a mapping of their components. */
    private static final Map<Class<?>, String> WRITTEN_AS = Map.of(
            Counts.class,
            """
            {"anyOf": [{"type": "integer", "minimum": 0},
                       {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 1},
                       {"const": "all"}]}
            """,
            Memory.class,
            """
            {"anyOf": [{"type": "integer", "minimum": 1}, {"const": "all"}]}
            """,
            RealWeight.class,
            """
            {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"const": "golden"}]}
            """,
            Strength.class,
            """
            {"anyOf": [{"type": "number"}, {"type": "array", "items": {"type": "number"}, "minItems": 1}]}
            """,
            ClassRatios.class,
            """
            {"anyOf": [{"type": "array", "items": {"type": "number", "minimum": 0}, "minItems": 1},
                       {"type": "object", "patternProperties": {".+": {"type": "number", "minimum": 0}}}]}
            """,
            PointDrift.class,
            """
            {"anyOf": [{"type": "number"}, {"type": "array", "items": {"type": "number"}, "minItems": 1}]}
            """,
            TokenWeights.class,
            """
            {"anyOf": [{"enum": ["zipf", "uniform"]},
                       {"type": "array", "items": {"type": "number", "minimum": 0}, "minItems": 2}]}
            """,
            TransitionWeights.class,
            """
            {"anyOf": [{"enum": ["zipf", "uniform"]},
                       {"type": "array", "minItems": 2,
                        "items": {"type": "array", "items": {"type": "number", "minimum": 0}, "minItems": 2}}]}
            """,
            Bandwidth.class,
            """
            {"anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"enum": ["scott", "silverman"]}]}
            """,
            ObjectNode.class,
            """
            {"type": "object"}
            """);

    /** What is written in the section of sweeps. */
    private static final String SWEEP_SECTION =
            """
            {"type": "object",
             "minProperties": 1,
             "additionalProperties": {"anyOf": [
               {"type": "array", "minItems": 1},
               {"type": "object",
                "properties": {
                  "from": {"type": "number", "description": "The first number"},
                  "to": {"type": "number", "description": "The last number"},
                  "step": {"type": "number", "exclusiveMinimum": 0, "description": "From each number to the next"},
                  "count": {"type": "integer", "minimum": 2, "description": "How many numbers, instead of step"},
                  "scale": {"enum": ["linear", "log"], "description": "With count: equal differences or equal ratios"}},
                "required": ["from", "to"],
                "oneOf": [{"required": ["step"]}, {"required": ["count"]}],
                "additionalProperties": false},
               {"type": "object", "not": {"anyOf": [{"required": ["from"]}, {"required": ["to"]}]}}]},
             "description": "For autophage sweep: keys, dotted or nested, with the values that they take: lists or ranges; a mapping in a list is keys that change together"}
            """;

    private SpecSchema() {}

    /** Sections are described by their key, what a kind is by its key {@code kind}: no type describes itself besides. */
    private static final class SpecModule extends JacksonSchemaModule {
        SpecModule() {
            super(JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY, JacksonOption.FLATTENED_ENUMS_FROM_JSONVALUE);
        }

        @Override
        protected @Nullable String resolveDescriptionForType(TypeScope scope) {
            return null;
        }
    }

    /** The schema of an experiment's spec, JSON Schema draft 2020-12, indented. */
    public static String generate() {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new SpecModule())
                .with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT);
        config.forTypesInGeneral()
                .withPropertySorter((first, second) -> 0) // as in the records
                .withCustomDefinitionProvider(SpecSchema::writtenAs);
        config.forFields().withDefaultResolver(SpecSchema::defaultOf).withEnumResolver(SpecSchema::namesOf);
        ObjectNode schema = new SchemaGenerator(config.build()).generateSchema(ExperimentSpec.class);
        // A part without a kind is of the default kind.
        schema.findParents("required").forEach(part -> ((ObjectNode) part).remove("required"));
        JsonNode sections = schema.path("properties");
        describeKinds(sections.path("dataset").path("anyOf"), DatasetSpec.class);
        describeKinds(sections.path("model").path("anyOf"), ModelSpec.class);
        JsonNode remedies = sections.path("remedies").path("items").path("anyOf");
        describeKinds(remedies, Remedy.class);
        remedies.forEach(
                remedy -> ((ObjectNode) remedy).putArray("required").add(SpecKinds.KEY)); // none is the usual one
        ((ObjectNode) schema.path("properties")).set(ExperimentSpec.SWEEP, SpecBinder.MAPPER.readTree(SWEEP_SECTION));
        return schema.toPrettyString() + "\n";
    }

    /** Says of each kind what it is, as its record does. */
    private static void describeKinds(JsonNode variants, Class<?> type) {
        List<String> kinds = SpecKinds.of(type);
        for (int i = 0; i < kinds.size(); i++) {
            String kind = kinds.get(i);
            JsonClassDescription description =
                    SpecKinds.variant(type, kind).orElseThrow().getAnnotation(JsonClassDescription.class);
            ObjectNode key = ((ObjectNode) variants.path(i).path("properties")).putObject(SpecKinds.KEY);
            key.put("const", kind)
                    .put(
                            "description",
                            Objects.requireNonNull(description, kind).value());
        }
    }

    /** What the elements of a list of names can be; null of everything else. */
    private static @Nullable List<String> namesOf(FieldScope field) {
        boolean metrics = field.getDeclaringType().getErasedType() == MetricsSpec.class
                && field.getDeclaredName().equals("also");
        return metrics && field.isFakeContainerItemScope() ? KnownMetrics.names() : null;
    }

    private static @Nullable CustomDefinition writtenAs(ResolvedType type, SchemaGenerationContext context) {
        String schema = WRITTEN_AS.get(type.getErasedType());
        return schema == null
                ? null
                : new CustomDefinition(
                        (ObjectNode) SpecBinder.MAPPER.readTree(schema),
                        CustomDefinition.DefinitionType.STANDARD,
                        CustomDefinition.AttributeInclusion.NO);
    }

    /** The value that holds where a spec says nothing; nothing for parts, which have defaults of their own. */
    private static @Nullable Object defaultOf(FieldScope field) {
        Class<?> record = field.getDeclaringType().getErasedType();
        boolean isName =
                record == ExperimentSpec.class && field.getName().equals(SpecSource.NAME); // the file's, if none
        if (isName || field.isFakeContainerItemScope()) {
            return null;
        }
        JsonNode value = SpecDefaults.ofRecord(record).path(field.getName());
        return value.isMissingNode() || value.isObject() ? null : SpecBinder.MAPPER.treeToValue(value, Object.class);
    }
}
