package org.autophage.table;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;

/**
 * A Parquet file that is read a page at a time, so that it may be larger than the memory. Pages and encodings are read by
 * the modules of Apache Parquet that need no Hadoop; what stands around them, footer and headers, is checked before it is
 * believed.
 */
public final class ParquetFile implements AutoCloseable {
    /** What a file begins and ends with. */
    static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    private static final String ENCRYPTED = "PARE";

    /** Bytes at the end: the footer's length and the magic number. */
    private static final int TAIL = 8;

    /** Longest footer; that of a thousand groups of a hundred columns has some ten MiB. */
    private static final int LONGEST_FOOTER = 64 << 20;

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private final FileMetaData footer;
    private final List<ParquetColumn> columns;

    private ParquetFile(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.size = channel.size();
        this.footer = footer();
        if (footer.isSetEncryption_algorithm()) {
            throw encrypted();
        }
        this.columns = ParquetSchema.columns(footer.getSchema(), file);
        checkGroups();
    }

    /**
     * Opens a file and reads its footer.
     *
     * @throws AutophageException (usage) if it is missing, no Parquet file, truncated, corrupt or encrypted
     */
    public static ParquetFile open(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                return new ParquetFile(file, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        }
    }

    private FileMetaData footer() throws IOException {
        byte[] start = read(0, (int) Math.min(size, MAGIC.length));
        String begins = text(start);
        if (!begins.equals(text(MAGIC)) && !begins.equals(ENCRYPTED)) {
            throw AutophageException.usage(
                    "%s is no Parquet file: it does not begin with %s".formatted(file, text(MAGIC)));
        }
        byte[] tail = size < TAIL + MAGIC.length ? new byte[TAIL] : read(size - TAIL, TAIL);
        String ends = text(new byte[] {tail[4], tail[5], tail[6], tail[7]});
        if (ends.equals(ENCRYPTED)) {
            throw encrypted();
        }
        if (!ends.equals(text(MAGIC))) {
            throw AutophageException.usage(
                    "%s is truncated: it begins like a Parquet file and does not end like one".formatted(file));
        }
        long length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt() & 0xffffffffL;
        if (length > size - TAIL - MAGIC.length || length > LONGEST_FOOTER) {
            throw corrupt("it says that its footer has %d bytes".formatted(length));
        }
        return parsed(read(size - TAIL - length, (int) length));
    }

    private FileMetaData parsed(byte[] bytes) {
        try {
            return Util.readFileMetaData(new ByteArrayInputStream(bytes), LONGEST_FOOTER);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            // Sizes in a damaged footer are asked for before anything of them is read.
            throw corrupt("its footer cannot be read");
        }
    }

    /** What is believed of a group of rows is checked once: where its pages lie, and that this file has them. */
    private void checkGroups() {
        for (RowGroup group : footer.getRow_groups()) {
            if (group.getNum_rows() < 0 || group.getNum_rows() > Integer.MAX_VALUE) {
                throw corrupt("a group of rows has " + group.getNum_rows());
            }
            if (group.getColumns().size() != columns.size()) {
                throw corrupt("a group of rows has %d columns of %d"
                        .formatted(group.getColumns().size(), columns.size()));
            }
            for (ColumnChunk chunk : group.getNum_rows() == 0 ? List.<ColumnChunk>of() : group.getColumns()) {
                if (chunk.isSetCrypto_metadata() || chunk.isSetEncrypted_column_metadata()) {
                    throw encrypted();
                }
                if (!chunk.isSetMeta_data() || chunk.isSetFile_path()) {
                    throw corrupt("a column's values are in another file");
                }
                long from = ParquetPages.start(chunk.getMeta_data());
                long bytes = chunk.getMeta_data().getTotal_compressed_size();
                if (from < MAGIC.length || bytes < 0 || from > size - TAIL || bytes > size - TAIL - from) {
                    throw corrupt("it says that %d bytes of a column begin at %d of %d".formatted(bytes, from, size));
                }
            }
        }
    }

    /** Path of the file. */
    public Path path() {
        return file;
    }

    /** All columns, in the file's order. */
    public List<ParquetColumn> columns() {
        return columns;
    }

    /** A column by its name. */
    public Optional<ParquetColumn> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** All columns in one line for a message. */
    public String describeColumns() {
        return columns.stream().map(ParquetColumn::toString).collect(Collectors.joining(", "));
    }

    /** What writers have put beside the columns. */
    public Map<String, String> notes() {
        Map<String, String> notes = new HashMap<>();
        if (footer.isSetKey_value_metadata()) {
            for (KeyValue note : footer.getKey_value_metadata()) {
                notes.put(note.getKey(), note.isSetValue() ? note.getValue() : "");
            }
        }
        return notes;
    }

    /** Number of groups of rows, at each of which one can begin. */
    public int groups() {
        return footer.getRow_groups().size();
    }

    /** Rows of a group. */
    public int rows(int group) {
        return (int) footer.getRow_groups().get(group).getNum_rows();
    }

    /**
     * The values of a column from the first row of a group on.
     *
     * @param column has at most one value a row
     */
    public ParquetValues values(ParquetColumn column, int group) {
        return new ParquetValues(this, column, group);
    }

    /** The pages of a column in a group. */
    ParquetPages pages(ParquetColumn column, int group) {
        ColumnChunk chunk = footer.getRow_groups().get(group).getColumns().get(column.index());
        return new ParquetPages(this, channel, chunk.getMeta_data());
    }

    /** Who wrote the file, by which errors of some writers are known. */
    String writer() {
        return footer.isSetCreated_by() ? footer.getCreated_by() : "";
    }

    private byte[] read(long position, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {
            // goes on where it stopped
        }
        return bytes.array();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    AutophageException corrupt(String reason) {
        return AutophageException.usage("%s is corrupt: %s".formatted(file, reason));
    }

    private AutophageException encrypted() {
        return AutophageException.usage("%s is encrypted: Parquet files without a key can be read".formatted(file));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException readOnly) {
            // nothing of it is needed any more
        }
    }
}
