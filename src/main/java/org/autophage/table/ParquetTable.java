package org.autophage.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/**
 * A table as a Parquet file: one group of rows, a page a column, plain and not packed, for tables that fit into memory many
 * times over.
 */
public final class ParquetTable {
    private ParquetTable() {}

    /**
     * The bytes of the file.
     *
     * @param columns all of one length, at least one
     * @param writer program and version, for the footer
     */
    public static byte[] of(List<TableColumn> columns, String writer) {
        try {
            int rows = columns.get(0).values().size();
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.write(ParquetFile.MAGIC);
            List<SchemaElement> schema = new ArrayList<>();
            schema.add(new SchemaElement("table").setNum_children(columns.size()));
            List<ColumnChunk> chunks = new ArrayList<>();
            for (TableColumn column : columns) {
                schema.add(element(column));
                chunks.add(chunk(column, file));
            }
            long bytes = file.size() - ParquetFile.MAGIC.length;
            RowGroup group = new RowGroup(chunks, bytes, rows);
            FileMetaData footer =
                    new FileMetaData(1, schema, rows, rows == 0 ? List.of() : List.of(group)).setCreated_by(writer);
            int start = file.size();
            Util.writeFileMetaData(footer, file);
            file.write(little(Integer.BYTES).putInt(file.size() - start).array());
            file.write(ParquetFile.MAGIC);
            return file.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("an array of bytes cannot fail to be written", e);
        }
    }

    private static SchemaElement element(TableColumn column) {
        SchemaElement element = new SchemaElement(column.name())
                .setType(type(column.kind()))
                .setRepetition_type(FieldRepetitionType.OPTIONAL);
        return column.kind() == TableColumn.Kind.TEXT
                ? element.setConverted_type(ConvertedType.UTF8).setLogicalType(LogicalType.STRING(new StringType()))
                : element;
    }

    private static Type type(TableColumn.Kind kind) {
        return switch (kind) {
            case WHOLE -> Type.INT64;
            case REAL -> Type.DOUBLE;
            case TRUTH -> Type.BOOLEAN;
            case TEXT -> Type.BYTE_ARRAY;
        };
    }

    private static ColumnChunk chunk(TableColumn column, ByteArrayOutputStream file) throws IOException {
        int rows = column.values().size();
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        byte[] levels = levels(column.values());
        page.write(little(Integer.BYTES).putInt(levels.length).array());
        page.write(levels);
        page.write(values(column));
        int start = file.size();
        PageHeader header = new PageHeader(PageType.DATA_PAGE, page.size(), page.size())
                .setData_page_header(new DataPageHeader(rows, Encoding.PLAIN, Encoding.RLE, Encoding.RLE));
        Util.writePageHeader(header, file);
        page.writeTo(file);
        long bytes = file.size() - start;
        ColumnMetaData data = new ColumnMetaData(
                type(column.kind()),
                List.of(Encoding.PLAIN, Encoding.RLE),
                List.of(column.name()),
                CompressionCodec.UNCOMPRESSED,
                rows,
                bytes,
                bytes,
                start);
        return new ColumnChunk(start).setMeta_data(data);
    }

    /** Which rows have a value, a bit each, as one run of the hybrid encoding. */
    private static byte[] levels(List<@Nullable Object> values) {
        int groups = (values.size() + Byte.SIZE - 1) / Byte.SIZE;
        ByteArrayOutputStream run = new ByteArrayOutputStream();
        int head = groups << 1 | 1;
        for (; head >= 0x80; head >>>= 7) {
            run.write(head & 0x7f | 0x80);
        }
        run.write(head);
        run.writeBytes(bits(values.stream().map(Objects::nonNull).toList()));
        return run.toByteArray();
    }

    private static byte[] bits(List<Boolean> values) {
        byte[] bits = new byte[(values.size() + Byte.SIZE - 1) / Byte.SIZE];
        for (int i = 0; i < values.size(); i++) {
            bits[i / Byte.SIZE] |= (byte) (values.get(i) ? 1 << i % Byte.SIZE : 0);
        }
        return bits;
    }

    /** Those that there are. */
    private static byte[] values(TableColumn column) {
        List<Object> there = new ArrayList<>();
        for (Object value : column.values()) {
            if (value != null) {
                there.add(value);
            }
        }
        if (column.kind() == TableColumn.Kind.TRUTH) {
            return bits(there.stream().map(Boolean.class::cast).toList());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Object value : there) {
            switch (column.kind()) {
                case WHOLE ->
                    bytes.writeBytes(little(Long.BYTES).putLong((Long) value).array());
                case REAL ->
                    bytes.writeBytes(
                            little(Double.BYTES).putDouble((Double) value).array());
                default -> {
                    byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
                    bytes.writeBytes(little(Integer.BYTES).putInt(text.length).array());
                    bytes.writeBytes(text);
                }
            }
        }
        return bytes.toByteArray();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
