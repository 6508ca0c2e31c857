package org.autophage.report.records;

import java.util.List;
import org.autophage.measure.Basis;

/** What the expectations are that stand beside measured figures, as dashed lines and columns. */
public enum ExpectedBasis {
    CLOSED_FORM("closed form", "what theory expects"),
    REAL_SAMPLES("real samples", "what as many real samples give, mean over several draws");

    private final String label;
    private final String meaning;

    ExpectedBasis(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    /** Of runs whose records have expectations. */
    public static ExpectedBasis of(List<Trajectories> runs) {
        return runs.stream().flatMap(run -> run.run().records().stream()).anyMatch(record -> record.measures()
                        .count(Basis.REAL_DRAWS)
                        .isPresent())
                ? REAL_SAMPLES
                : CLOSED_FORM;
    }

    /** "closed form". */
    public String label() {
        return label;
    }

    /** "closed form: what theory expects". */
    public String inWords() {
        return label + ": " + meaning;
    }
}
