package org.autophage.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.autophage.base.AutophageException;

/** The leaves of a footer's schema, a tree that is written as a list: every part before its children. */
final class ParquetSchema {
    private static final int DEEPEST = 64;

    private final List<SchemaElement> elements;
    private final Path file;
    private final List<ParquetColumn> columns = new ArrayList<>();
    private int next;

    private ParquetSchema(List<SchemaElement> elements, Path file) {
        this.elements = elements;
        this.file = file;
    }

    static List<ParquetColumn> columns(List<SchemaElement> elements, Path file) {
        ParquetSchema schema = new ParquetSchema(elements, file);
        SchemaElement root = schema.take();
        for (int i = 0; i < root.getNum_children(); i++) {
            schema.visit(List.of(), 0, 0);
        }
        return List.copyOf(schema.columns);
    }

    private SchemaElement take() {
        if (next >= elements.size()) {
            throw corrupt();
        }
        return elements.get(next++);
    }

    private void visit(List<String> above, int definitionsAbove, int repetitionsAbove) {
        SchemaElement element = take();
        List<String> path = new ArrayList<>(above);
        path.add(element.getName());
        boolean repeated = element.getRepetition_type() == FieldRepetitionType.REPEATED;
        int definitions = definitionsAbove + (element.getRepetition_type() == FieldRepetitionType.REQUIRED ? 0 : 1);
        int repetitions = repetitionsAbove + (repeated ? 1 : 0);
        if (path.size() > DEEPEST) {
            throw corrupt();
        }
        if (!element.isSetType()) {
            for (int i = 0; i < element.getNum_children(); i++) {
                visit(path, definitions, repetitions);
            }
            return;
        }
        columns.add(new ParquetColumn(
                String.join(".", path),
                List.copyOf(path),
                kind(element),
                columns.size(),
                element.isSetType_length() ? Math.max(0, element.getType_length()) : 0,
                definitions,
                repetitions));
    }

    private static ParquetColumn.Kind kind(SchemaElement element) {
        boolean text = element.getConverted_type() == ConvertedType.UTF8
                || element.isSetLogicalType() && element.getLogicalType().isSetSTRING();
        return switch (element.getType()) {
            case BOOLEAN -> ParquetColumn.Kind.BOOLEAN;
            case INT32 -> ParquetColumn.Kind.INT;
            case INT64 -> ParquetColumn.Kind.LONG;
            case INT96 -> ParquetColumn.Kind.INT96;
            case FLOAT -> ParquetColumn.Kind.FLOAT;
            case DOUBLE -> ParquetColumn.Kind.DOUBLE;
            case FIXED_LEN_BYTE_ARRAY -> ParquetColumn.Kind.FIXED_BYTES;
            case BYTE_ARRAY -> text ? ParquetColumn.Kind.TEXT : ParquetColumn.Kind.BYTES;
        };
    }

    private AutophageException corrupt() {
        return AutophageException.usage("%s is corrupt: its schema is none".formatted(file));
    }
}
