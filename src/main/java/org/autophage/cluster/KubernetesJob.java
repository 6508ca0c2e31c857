package org.autophage.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.autophage.base.AutophageException;
import org.autophage.base.Sha256;
import org.autophage.base.Trust;
import org.autophage.base.WrongValue;
import org.autophage.sweep.CellProgram;
import org.autophage.sweep.SweepSpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * A sweep as an indexed Job of Kubernetes, a pod a cell, for images built from {@code docker/}: batch/v1, as of Kubernetes
 * 1.29.
 *
 * @param image that the pods run
 * @param claim the PersistentVolumeClaim for run folders, whose access mode is ReadWriteMany
 * @param gpu whether each cell gets a GPU
 * @param cpus that a cell gets; empty for no limit
 * @param memory that a cell gets, as Kubernetes writes quantities; empty for no limit
 * @param jobs how many cells run at a time; empty for as many as the cluster has room for
 * @param trusting whether cells may run any program that their specs name
 */
public record KubernetesJob(
        String image,
        String claim,
        boolean gpu,
        OptionalInt cpus,
        Optional<String> memory,
        OptionalInt jobs,
        boolean trusting) {
    /** Pods are called after their Job, a hyphen and the cell's index, and that is a label. */
    private static final int LONGEST_NAME = 63 - "-9999".length();

    private static final int DIGITS = 8;

    /** Of a ConfigMap, less room for its other fields. */
    private static final int MOST_CHARACTERS = (1 << 20) - (16 << 10);

    private static final Pattern OTHER = Pattern.compile("[^a-z0-9]+");
    private static final Pattern OUTER_HYPHENS = Pattern.compile("^-+|-+$");

    /** RFC 1123's names of hosts, which names of claims are. */
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@-]*");
    private static final Pattern QUANTITY = Pattern.compile("\\d{1,12}(\\.\\d{1,3})?([kMGTPE]|[KMGTPE]i)?");
    private static final Pattern PLAIN = Pattern.compile("(--)?[A-Za-z/][A-Za-z0-9._/-]*");

    /** @throws WrongValue naming the option with a value that Kubernetes would not take */
    public KubernetesJob {
        if (!IMAGE.matcher(image).matches()) {
            throw WrongValue.of("--image", image, "must be an image, such as registry.example.org/autophage:cuda");
        }
        if (!SUBDOMAIN.matcher(claim).matches() || claim.length() > 253) {
            throw WrongValue.of(
                    "--claim",
                    claim,
                    "must be the name of a PersistentVolumeClaim: small letters, digits, hyphens and dots");
        }
        memory.filter(text -> !QUANTITY.matcher(text).matches()).ifPresent(text -> {
            throw WrongValue.of("--memory", text, "must be a quantity of Kubernetes, such as 16Gi");
        });
    }

    /**
     * The name of a sweep as Kubernetes allows it: small letters, digits and hyphens; with a hash where that is not the
     * sweep's own, so that two sweeps stay two.
     */
    static String name(String sweep) {
        String small = OTHER.matcher(sweep.toLowerCase(Locale.ROOT)).replaceAll("-");
        String trimmed = OUTER_HYPHENS.matcher(small).replaceAll("");
        if (trimmed.equals(sweep) && trimmed.length() <= LONGEST_NAME) {
            return trimmed;
        }
        String hash = Sha256.of(sweep).substring(0, DIGITS);
        String begin = trimmed.substring(0, Math.min(trimmed.length(), LONGEST_NAME - DIGITS - 1));
        return OUTER_HYPHENS.matcher(begin + "-" + hash).replaceAll("");
    }

    /** The manifest: a ConfigMap with the sweep and a Job, as YAML that {@code kubectl apply -f -} takes. */
    public String manifest(SweepSpec sweep) {
        String name = name(sweep.name());
        String plan = sweep.toYaml();
        if (plan.length() > MOST_CHARACTERS) {
            throw AutophageException.usage("sweep %s has %d characters: a ConfigMap holds at most %d"
                    .formatted(sweep.name(), plan.length(), MOST_CHARACTERS));
        }
        int cells = sweep.cells().size();
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %1$s}
                data:
                  sweep.yaml: |
                %2$s---
                apiVersion: batch/v1
                kind: Job
                metadata: {name: %1$s}
                spec:
                  completionMode: Indexed
                  completions: %3$d
                  parallelism: %4$d
                  backoffLimitPerIndex: 3
                  podFailurePolicy:
                    rules:
                      - action: FailIndex # 2 invalid spec or input, 4 diverged: would end the same way again
                        onExitCodes: {operator: In, values: [2, 4]}
                      - action: Ignore # evicted or preempted: does not count
                        onPodConditions: [{type: DisruptionTarget, status: "True"}]
                  template:
                    spec:
                      restartPolicy: Never
                      terminationGracePeriodSeconds: 120 # for a checkpoint
                      containers:
                        - name: cell
                          image: %5$s
                          args: [%6$s]
                %7$s          volumeMounts:
                            - {name: plan, mountPath: /autophage/plan}
                            - {name: runs, mountPath: /autophage/runs}
                      volumes:
                        - {name: plan, configMap: {name: %1$s}}
                        - {name: runs, persistentVolumeClaim: {claimName: %8$s}} # accessModes: [ReadWriteMany]
                """
                .formatted(
                        scalar(name),
                        plan.indent(4),
                        cells,
                        Math.min(cells, jobs.orElse(cells)),
                        scalar(image),
                        String.join(", ", arguments()),
                        resources(),
                        scalar(claim));
    }

    private List<String> arguments() {
        List<String> words = new ArrayList<>(List.of("run", "--plan", "/autophage/plan/sweep.yaml"));
        if (trusting) {
            words.add(Trust.OPTION);
        }
        // Kubernetes puts the value in; no shell sees it.
        words.addAll(List.of("--index", "$(JOB_COMPLETION_INDEX)", "--runs", "/autophage/runs"));
        return words.stream().map(KubernetesJob::scalar).toList();
    }

    /** Lines of the container: what it may use, and libtorch's number of threads with it. */
    private String resources() {
        List<String> limits = new ArrayList<>();
        if (gpu) {
            limits.add("nvidia.com/gpu: 1");
        }
        cpus.ifPresent(count -> limits.add("cpu: " + count));
        memory.ifPresent(text -> limits.add("memory: " + scalar(text)));
        StringBuilder lines = new StringBuilder();
        cpus.ifPresent(count ->
                lines.append("          env: [{name: %s, value: \"%d\"}]\n".formatted(CellProgram.THREADS, count)));
        if (!limits.isEmpty()) {
            lines.append("          resources: {limits: {%s}}\n".formatted(String.join(", ", limits)));
        }
        return lines.toString();
    }

    /** A text as YAML: as it is where that cannot be taken for anything else. */
    private static String scalar(String text) {
        boolean word = PLAIN.matcher(text).matches()
                && !text.toLowerCase(Locale.ROOT).matches("true|false|null|yes|no|on|off|y|n");
        return word ? text : JsonMapper.shared().writeValueAsString(text);
    }
}
