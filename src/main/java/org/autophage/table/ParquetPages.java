package org.autophage.table;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/** The pages of one column in one group of rows, one in memory at a time. */
final class ParquetPages implements PageReader {
    /** Headers have some dozen bytes, or some KiB where they tell the smallest and the largest value. */
    private static final int[] HEADER_BYTES = {1 << 12, 1 << 16, 1 << 22};

    /** Pages of so many bytes are mapped into memory and take nothing of the heap before they are unpacked. */
    private static final int WORTH_MAPPING = 1 << 20;

    /** Nobody asks for a page's smallest and largest value. */
    private static final @Nullable Statistics<?> UNKNOWN = null;

    private final ParquetFile file;
    private final FileChannel channel;
    private final ColumnMetaData chunk;
    private final long end;
    private long position;
    private long valuesLeft;

    ParquetPages(ParquetFile file, FileChannel channel, ColumnMetaData chunk) {
        this.file = file;
        this.channel = channel;
        this.chunk = chunk;
        this.position = start(chunk);
        this.end = position + chunk.getTotal_compressed_size();
        this.valuesLeft = chunk.getNum_values();
    }

    /** Where a column's first page begins. */
    static long start(ColumnMetaData chunk) {
        long dictionary = chunk.isSetDictionary_page_offset() ? chunk.getDictionary_page_offset() : 0;
        return dictionary > 0 ? Math.min(dictionary, chunk.getData_page_offset()) : chunk.getData_page_offset();
    }

    @Override
    public long getTotalValueCount() {
        return chunk.getNum_values();
    }

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
        long before = position;
        Optional<PageHeader> found = nextHeader();
        if (found.isEmpty() || found.get().getType() != PageType.DICTIONARY_PAGE) {
            position = before;
            return null;
        }
        PageHeader header = found.get();
        var dictionary = header.getDictionary_page_header();
        return new DictionaryPage(
                unpacked(header, 0, true), dictionary.getNum_values(), encoding(dictionary.getEncoding()));
    }

    @Override
    public @Nullable DataPage readPage() {
        while (valuesLeft > 0) {
            PageHeader header = nextHeader().orElseThrow(() -> file.corrupt("a column ends too early"));
            if (header.getType() == PageType.DATA_PAGE) {
                DataPageHeader data = header.getData_page_header();
                valuesLeft -= data.getNum_values();
                return new DataPageV1(
                        unpacked(header, 0, true),
                        data.getNum_values(),
                        header.getUncompressed_page_size(),
                        UNKNOWN,
                        encoding(data.getRepetition_level_encoding()),
                        encoding(data.getDefinition_level_encoding()),
                        encoding(data.getEncoding()));
            }
            if (header.getType() == PageType.DATA_PAGE_V2) {
                return second(header);
            }
            position += header.getCompressed_page_size(); // a page of an index
        }
        return null;
    }

    /** A page of version 2 has its levels in front, which are never packed. */
    private DataPage second(PageHeader header) {
        DataPageHeaderV2 data = header.getData_page_header_v2();
        int repetitions = data.getRepetition_levels_byte_length();
        int definitions = data.getDefinition_levels_byte_length();
        if (repetitions < 0
                || definitions < 0
                || (long) repetitions + definitions
                        > Math.min(header.getCompressed_page_size(), header.getUncompressed_page_size())) {
            throw file.corrupt("a page's levels are longer than the page");
        }
        valuesLeft -= data.getNum_values();
        BytesInput repeated = plain(repetitions);
        BytesInput defined = plain(definitions);
        return DataPageV2.uncompressed(
                data.getNum_rows(),
                data.getNum_nulls(),
                data.getNum_values(),
                repeated,
                defined,
                encoding(data.getEncoding()),
                unpacked(header, repetitions + definitions, !data.isSetIs_compressed() || data.isIs_compressed()),
                UNKNOWN);
    }

    private BytesInput plain(int bytes) {
        BytesInput read = BytesInput.from(page(bytes));
        position += bytes;
        return read;
    }

    /** The rest of a page. */
    private BytesInput unpacked(PageHeader header, int before, boolean packed) {
        int stored = header.getCompressed_page_size() - before;
        int size = header.getUncompressed_page_size() - before;
        ByteBuffer bytes = page(stored);
        position += stored;
        return packed
                ? BytesInput.from(ParquetCodecs.unpacked(file, chunk.getCodec(), bytes, size))
                : BytesInput.from(bytes);
    }

    private ByteBuffer page(int bytes) {
        if (bytes < WORTH_MAPPING) {
            return ByteBuffer.wrap(heap(bytes));
        }
        try {
            return channel.map(FileChannel.MapMode.READ_ONLY, position, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] heap(int bytes) {
        try {
            ByteBuffer read = ByteBuffer.allocate(bytes);
            while (read.hasRemaining() && channel.read(read, position + read.position()) >= 0) {
                // goes on where it stopped
            }
            return read.array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The header at the position, which moves behind it; empty at the end. */
    private Optional<PageHeader> nextHeader() {
        if (position >= end) {
            return Optional.empty();
        }
        for (int bytes : HEADER_BYTES) {
            int there = (int) Math.min(bytes, end - position);
            ByteArrayInputStream in = new ByteArrayInputStream(heap(there));
            try {
                PageHeader header = Util.readPageHeader(in);
                position += there - in.available();
                check(header);
                return Optional.of(header);
            } catch (IOException | OutOfMemoryError damagedOrLonger) {
                if (there < bytes) {
                    break;
                }
            }
        }
        throw file.corrupt("the header of a page at %d cannot be read".formatted(position));
    }

    /** What a header says, before so much memory is asked for. */
    private void check(PageHeader header) {
        if (header.getCompressed_page_size() < 0
                || header.getCompressed_page_size() > end - position
                || header.getUncompressed_page_size() < 0) {
            throw file.corrupt("a page at %d says that it has %d bytes, %d unpacked"
                    .formatted(position, header.getCompressed_page_size(), header.getUncompressed_page_size()));
        }
        boolean whole =
                switch (header.getType()) {
                    case DATA_PAGE -> header.isSetData_page_header();
                    case DATA_PAGE_V2 -> header.isSetData_page_header_v2();
                    case DICTIONARY_PAGE -> header.isSetDictionary_page_header();
                    case INDEX_PAGE -> true;
                };
        if (!whole) {
            throw file.corrupt("the header of a page at %d is not whole".formatted(position));
        }
    }

    private Encoding encoding(org.apache.parquet.format.@Nullable Encoding encoding) {
        try {
            return Encoding.valueOf(String.valueOf(encoding));
        } catch (IllegalArgumentException e) {
            throw file.corrupt("a page is encoded by " + encoding);
        }
    }
}
