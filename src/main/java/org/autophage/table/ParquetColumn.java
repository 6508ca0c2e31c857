package org.autophage.table;

import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * A column of a Parquet file: a leaf of its schema.
 *
 * @param name its path, with dots, such as image.bytes
 * @param path the same in parts
 * @param kind of values
 * @param index where it is among the leaves
 * @param length bytes of a value of fixed length, otherwise 0
 * @param definitions levels of parts that may be missing
 * @param repetitions levels of lists that it is in
 */
public record ParquetColumn(
        String name, List<String> path, Kind kind, int index, int length, int definitions, int repetitions) {
    /** What values are. */
    public enum Kind {
        /** Whole numbers of 32 bits or fewer. */
        INT(PrimitiveTypeName.INT32, "int32"),
        /** Whole numbers of 64 bits. */
        LONG(PrimitiveTypeName.INT64, "int64"),
        /** Numbers of 64 bits. */
        DOUBLE(PrimitiveTypeName.DOUBLE, "double"),
        /** Text in UTF-8. */
        TEXT(PrimitiveTypeName.BINARY, "string"),
        /** Bytes. */
        BYTES(PrimitiveTypeName.BINARY, "binary"),
        /** Bytes, as many in every row. */
        FIXED_BYTES(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, "fixed_size_binary"),
        /** Numbers of 32 bits. */
        FLOAT(PrimitiveTypeName.FLOAT, "float"),
        BOOLEAN(PrimitiveTypeName.BOOLEAN, "bool"),
        /** Times of an old form. */
        INT96(PrimitiveTypeName.INT96, "int96");

        final PrimitiveTypeName stored;
        private final String shown;

        Kind(PrimitiveTypeName stored, String shown) {
            this.stored = stored;
            this.shown = shown;
        }

        /** As Arrow calls it. */
        @Override
        public String toString() {
            return shown;
        }
    }

    /** Whether its values are whole numbers. */
    public boolean isWhole() {
        return kind == Kind.INT || kind == Kind.LONG;
    }

    /** Whether a row has at most one value. */
    public boolean isFlat() {
        return repetitions == 0;
    }

    /** As it is shown to people. */
    @Override
    public String toString() {
        return name + " (" + kind + (isFlat() ? "" : ", in a list") + ")";
    }

    /** As Parquet's own reader of pages wants it. */
    ColumnDescriptor descriptor() {
        PrimitiveType type = new PrimitiveType(
                definitions == 0 ? Type.Repetition.REQUIRED : Type.Repetition.OPTIONAL,
                kind.stored,
                length,
                path.get(path.size() - 1));
        return new ColumnDescriptor(path.toArray(String[]::new), type, repetitions, definitions);
    }
}
