package org.autophage.report.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.autophage.collapse.Thresholds;
import org.autophage.report.paper.TableRequest;
import org.autophage.report.records.IntervalMethod;

/**
 * What a comparison is of, and how.
 *
 * @param folders run folders and folders of sweeps
 * @param by keys of the spec whose values make an arm; see {@link Arm#of}
 * @param intervals how intervals over seeds are computed
 * @param thresholds from where on a loop is collapsed
 * @param grids generations whose samples are shown; none for the first and the last common one
 * @param table what tables and figures show
 */
public record ComparisonRequest(
        List<Path> folders,
        List<String> by,
        IntervalMethod intervals,
        Thresholds thresholds,
        Set<Integer> grids,
        TableRequest table) {
    /** Folders, with everything else as it is by default. */
    public static ComparisonRequest of(List<Path> folders) {
        return new ComparisonRequest(
                folders, List.of(), IntervalMethod.T, Thresholds.DEFAULTS, Set.of(), TableRequest.DEFAULTS);
    }
}
