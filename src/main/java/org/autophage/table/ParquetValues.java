package org.autophage.table;

import java.util.function.Supplier;
import org.apache.parquet.VersionParser;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.VersionParser.VersionParseException;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.autophage.base.AutophageException;
import org.jspecify.annotations.Nullable;

/** The values of a column, one row after the other. */
public final class ParquetValues {
    private static final ParsedVersion UNKNOWN_WRITER = new ParsedVersion("unknown", null, null);

    private final ParquetFile file;
    private final ParquetColumn column;
    private int group;
    private long left;
    private @Nullable ColumnReaderImpl reader;

    ParquetValues(ParquetFile file, ParquetColumn column, int group) {
        if (!column.isFlat()) {
            throw new IllegalArgumentException(column + " has more values than rows");
        }
        this.file = file;
        this.column = column;
        this.group = group - 1;
    }

    /**
     * Goes to the next row, at first to the first.
     *
     * @return false at the end of the file
     * @throws AutophageException (usage) if the file is corrupt
     */
    public boolean next() {
        if (left > 1) {
            left--;
            return read(reader -> {
                reader.consume();
                return true;
            });
        }
        do {
            if (++group >= file.groups()) {
                return false;
            }
            left = file.rows(group);
        } while (left == 0);
        ParquetPages pages = file.pages(column, group);
        if (pages.getTotalValueCount() != left) {
            throw file.corrupt("column %s has %d values in a group of %d rows"
                    .formatted(column.name(), pages.getTotalValueCount(), left));
        }
        reader = guarded(() -> new ColumnReaderImpl(column.descriptor(), pages, new Ignored(), writer()));
        return true;
    }

    /** Whether the row has no value. */
    public boolean isNull() {
        return read(reader -> reader.getCurrentDefinitionLevel() < column.definitions());
    }

    /** The row's whole number. */
    public long whole() {
        return read(reader -> column.kind() == ParquetColumn.Kind.INT ? reader.getInteger() : reader.getLong());
    }

    /** The row's number of 64 bits. */
    public double real() {
        return read(ColumnReaderImpl::getDouble);
    }

    /** The row's bytes. */
    public byte[] bytes() {
        return read(reader -> reader.getBinary().getBytes());
    }

    /** The row's text. */
    public String text() {
        return read(reader -> reader.getBinary().toStringUsingUTF8());
    }

    private interface Use<T> {
        T of(ColumnReaderImpl reader);
    }

    private <T> T read(Use<T> use) {
        ColumnReaderImpl now = reader;
        if (now == null) {
            throw new IllegalStateException("next() comes first");
        }
        return guarded(() -> use.of(now));
    }

    /** Parquet's decoders meet damaged pages with whatever their arrays and buffers throw. */
    private <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (AutophageException e) {
            throw e;
        } catch (ParquetDecodingException e) {
            if (e.getCause() instanceof AutophageException told) {
                throw told;
            }
            throw corrupt(e);
        } catch (RuntimeException | OutOfMemoryError e) {
            throw corrupt(e);
        }
    }

    private AutophageException corrupt(Throwable e) {
        return e instanceof OutOfMemoryError
                ? AutophageException.usage(
                        "%s: a page of column %s does not fit into the Java heap: give it more (JAVA_TOOL_OPTIONS=-Xmx…), or write the file with smaller groups of rows"
                                .formatted(file.path(), column.name()))
                : file.corrupt("the values of column %s in group %d cannot be read".formatted(column.name(), group));
    }

    private ParsedVersion writer() {
        try {
            return VersionParser.parse(file.writer());
        } catch (VersionParseException | RuntimeException e) {
            return UNKNOWN_WRITER;
        }
    }

    /** Values are asked for, not pushed. */
    private static final class Ignored extends PrimitiveConverter {}
}
