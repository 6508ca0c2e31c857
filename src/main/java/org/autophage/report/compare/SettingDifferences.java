package org.autophage.report.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.autophage.report.format.RecordTable;

/** The settings that are not the same in all arms. */
final class SettingDifferences {
    private SettingDifferences() {}

    /** A row a key, its first cell the key, then a cell an arm. */
    static RecordTable of(List<Arm> arms) {
        Set<String> keys = new LinkedHashSet<>();
        arms.forEach(arm -> keys.addAll(arm.settings()));
        keys.remove("name"); // the folders' names are on the page
        List<List<String>> rows = new ArrayList<>();
        for (String key : keys) {
            List<String> values = arms.stream().map(arm -> arm.setting(key)).toList();
            if (Set.copyOf(values).size() > 1) {
                List<String> row = new ArrayList<>(List.of(key));
                row.addAll(values);
                rows.add(row);
            }
        }
        List<String> header = new ArrayList<>(List.of("Setting"));
        arms.forEach(arm -> header.add(arm.label()));
        return new RecordTable(header, rows);
    }
}
