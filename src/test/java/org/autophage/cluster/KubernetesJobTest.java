package org.autophage.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1PodSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.spec.Yaml;
import org.autophage.sweep.SweepSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Manifests against the schema of Kubernetes' API: the official client's classes are generated from it, and refuse fields
 * that are not in it, fields that are missing, and values of another type.
 */
class KubernetesJobTest {
    private static final KubernetesJob PLAIN = new KubernetesJob(
            "autophage", "runs", false, OptionalInt.empty(), Optional.empty(), OptionalInt.empty(), false);

    /** RFC 1123, section 2.1, as Kubernetes checks it. */
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    @TempDir
    private Path folder;

    /** Times are in no manifest; Gson would look into Java's own classes for them. */
    private static final Gson GSON = new GsonBuilder()
            .registerTypeAdapter(OffsetDateTime.class, new TypeAdapter<OffsetDateTime>() {
                @Override
                public void write(JsonWriter out, OffsetDateTime value) throws IOException {
                    throw new IOException("a time");
                }

                @Override
                public OffsetDateTime read(JsonReader in) throws IOException {
                    throw new IOException("a time");
                }
            })
            .create();

    private SweepSpec sweep(String name) throws IOException {
        Path file = Files.writeString(
                folder.resolve("map.yaml"),
                """
                name: "%s"
                device: cpu
                dataset: {kind: points, distribution: gaussian, dimensions: 2, replicas: 3}
                model: {kind: gaussian}
                loop: {kind: fresh-data, generations: 3, initial: 20, real: 20, synthetic: 30}
                sweep: {loop.synthetic: [10, 30], sampling.bias: [0.7, 1.0]}
                """
                        .formatted(name));
        return SweepSpec.read(file, List.of());
    }

    private static JsonElement document(String manifest, int number) {
        return JsonParser.parseString(
                Yaml.parse(manifest.split("(?m)^---$")[number], "manifest").toString());
    }

    private static V1Job job(String manifest) throws IOException {
        JsonElement tree = document(manifest, 1);
        V1Job.validateJsonElement(tree);
        return GSON.fromJson(tree, V1Job.class);
    }

    @Test
    void theJobIsOneOfKubernetes() throws IOException {
        KubernetesJob all = new KubernetesJob(
                "registry.example.org:5000/a/autophage:cuda",
                "runs.of-us",
                true,
                OptionalInt.of(8),
                Optional.of("16Gi"),
                OptionalInt.of(3),
                true);
        String manifest = all.manifest(sweep("map"));
        V1Job job = job(manifest);
        assertThat(job.getApiVersion()).isEqualTo("batch/v1");
        assertThat(job.getKind()).isEqualTo("Job");
        V1JobSpec spec = job.getSpec();
        assertThat(spec.getCompletionMode()).isEqualTo("Indexed");
        assertThat(spec.getCompletions()).isEqualTo(4);
        assertThat(spec.getParallelism()).isEqualTo(3);
        assertThat(spec.getPodFailurePolicy().getRules().get(0).getOnExitCodes().getValues())
                .containsExactly(ExitCode.USAGE.code(), ExitCode.DIVERGED.code());
        V1PodSpec pod = spec.getTemplate().getSpec();
        V1Container cell = pod.getContainers().get(0);
        assertThat(cell.getImage()).isEqualTo("registry.example.org:5000/a/autophage:cuda");
        assertThat(cell.getArgs())
                .containsExactly(
                        "run",
                        "--plan",
                        "/autophage/plan/sweep.yaml",
                        "--trust",
                        "--index",
                        "$(JOB_COMPLETION_INDEX)",
                        "--runs",
                        "/autophage/runs");
        assertThat(document(manifest, 1).toString())
                .contains("\"limits\":{\"nvidia.com/gpu\":1,\"cpu\":8,\"memory\":\"16Gi\"}")
                .contains("\"env\":[{\"name\":\"OMP_NUM_THREADS\",\"value\":\"8\"}]");
        assertThat(pod.getVolumes()).hasSameSizeAs(cell.getVolumeMounts());
        assertThat(pod.getVolumes().get(1).getPersistentVolumeClaim().getClaimName())
                .isEqualTo("runs.of-us");
    }

    @Test
    void theSweepGoesWithIt() throws IOException {
        SweepSpec sweep = sweep("map");
        String manifest = PLAIN.manifest(sweep);
        JsonElement tree = document(manifest, 0);
        V1ConfigMap.validateJsonElement(tree);
        V1ConfigMap map = GSON.fromJson(tree, V1ConfigMap.class);
        assertThat(map.getData()).isEqualTo(Map.of("sweep.yaml", sweep.toYaml()));
        Path file =
                Files.writeString(folder.resolve("sweep.yaml"), map.getData().get("sweep.yaml"));
        assertThat(SweepSpec.read(file, List.of()).cells()).isEqualTo(sweep.cells());
        assertThat(job(manifest).getSpec().getParallelism()).isEqualTo(4);
    }

    @Test
    void theSchemaIsReallyLookedAt() {
        String job = "{\"spec\":{\"%s\":%s,\"template\":{\"spec\":{\"containers\":[{\"name\":\"cell\"%s}]}}}}";
        assertThatThrownBy(
                        () -> V1Job.validateJsonElement(JsonParser.parseString(job.formatted("completion", "3", ""))))
                .hasMessageContaining("`completion`");
        assertThatThrownBy(() -> V1Job.validateJsonElement(
                        JsonParser.parseString(job.formatted("completions", "3", ",\"imag\":\"x\""))))
                .hasMessageContaining("`imag`");
        assertThatThrownBy(() -> GSON.fromJson(job.formatted("completions", "\"x\"", ""), V1Job.class))
                .hasMessageContaining("NumberFormatException");
    }

    @ParameterizedTest
    @CsvSource({
        "map, map",
        "Map, map-",
        "gaussian-effective-samples, gaussian-effective-samples",
        "'a_b,c=0.5', a-b-c-0-5-",
        "0.5, 0-5-",
        "___, ''",
        "true, true",
        "007, 007"
    })
    void namesAreLabels(String sweep, String begin) throws IOException {
        String name = KubernetesJob.name(sweep);
        assertThat(name).startsWith(begin).matches(LABEL);
        assertThat(name.equals(begin) || name.length() == begin.length() + 8).isTrue();
        SweepSpec named =
                new SweepSpec(sweep, sweep("map").cells(), sweep("map").tree());
        assertThat(job(PLAIN.manifest(named)).getMetadata().getName()).isEqualTo(name);
    }

    @Test
    void namesOfPodsAreNotTooLongAndStayDifferent() {
        String one = KubernetesJob.name("x".repeat(199) + "1");
        assertThat(one + "-9999").hasSizeLessThanOrEqualTo(63).matches(LABEL);
        assertThat(one).isNotEqualTo(KubernetesJob.name("x".repeat(199) + "2"));
        assertThat(KubernetesJob.name("A")).isNotEqualTo(KubernetesJob.name("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "x}", "a\nb", "\"", "-x", "a: b"})
    void whatKubernetesWouldNotTakeIsRefused(String text) {
        assertThatThrownBy(() -> with(text, "runs", "16Gi")).hasMessageStartingWith("--image is ");
        assertThatThrownBy(() -> with("autophage", text, "16Gi")).hasMessageStartingWith("--claim is ");
        assertThatThrownBy(() -> with("autophage", "runs", text))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageStartingWith("--memory is ");
    }

    @Test
    void otherThingsThatAreNoNamesOrQuantities() {
        assertThatThrownBy(() -> with("autophage", "Runs", "16Gi")).hasMessageStartingWith("--claim is Runs: must be");
        assertThatThrownBy(() -> with("autophage", "runs", "16GB")).hasMessageStartingWith("--memory is 16GB: must be");
    }

    private static KubernetesJob with(String image, String claim, String memory) {
        return new KubernetesJob(
                image, claim, false, OptionalInt.empty(), Optional.of(memory), OptionalInt.empty(), false);
    }
}
