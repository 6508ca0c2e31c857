package org.autophage.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read by the modules of Apache Parquet, which know nothing of how it was written. */
class ParquetTableTest {
    @TempDir
    private Path folder;

    private static TableColumn column(String name, TableColumn.Kind kind, @Nullable Object... values) {
        return new TableColumn(name, kind, Arrays.asList(values));
    }

    @Test
    void valuesAndGapsAreReadBack() throws IOException {
        List<TableColumn> table = List.of(
                column("run", TableColumn.Kind.TEXT, "a", "größe,\"x\"", "", null, "e", "f", "g", "h", "i"),
                column("n", TableColumn.Kind.WHOLE, 1L, null, Long.MIN_VALUE, Long.MAX_VALUE, 5L, 6L, 7L, 8L, null),
                column("x", TableColumn.Kind.REAL, 0.1, 1e300, null, null, -0.0, 6.0, 7.0, 8.0, Double.MIN_VALUE),
                column("none", TableColumn.Kind.TEXT, new Object[9]));
        Path file = Files.write(folder.resolve("x.parquet"), ParquetTable.of(table, "test"));
        try (ParquetFile read = ParquetFile.open(file)) {
            assertThat(read.describeColumns()).isEqualTo("run (string), n (int64), x (double), none (string)");
            for (int i = 0; i < table.size(); i++) {
                List<@Nullable Object> found = new ArrayList<>();
                ParquetValues values = read.values(read.columns().get(i), 0);
                while (values.next()) {
                    found.add(
                            values.isNull()
                                    ? null
                                    : switch (table.get(i).kind()) {
                                        case TEXT -> values.text();
                                        case WHOLE -> values.whole();
                                        default -> values.real();
                                    });
                }
                assertThat(found).isEqualTo(table.get(i).values());
            }
        }
    }

    @Test
    void csvQuotesWhatItMust() {
        assertThat(CsvTable.of(List.of(
                        column("a,b", TableColumn.Kind.TEXT, "x", "\"q\"", "two\nlines", "", null),
                        column("n", TableColumn.Kind.REAL, 1.5, null, 2.0, 3.0, 4.0))))
                .isEqualTo("\"a,b\",n\r\nx,1.5\r\n\"\"\"q\"\"\",\r\n\"two\nlines\",2.0\r\n\"\",3.0\r\n,4.0\r\n");
    }
}
