package org.autophage.sink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * An event of TensorBoard's files: {@code Event} of tensorflow/core/util/event.proto, framed as TensorFlow frames records.
 * Scalars are {@code simple_value} and pictures {@code image}, the form that every version of TensorBoard reads.
 *
 * @param message the event
 */
record TensorBoardEvent(ProtobufMessage message) {
    /** What the first event of a file must say. */
    private static final String FILE_VERSION = "brain.Event:2";

    /** Added to a rotated checksum, so that a checksum of data that holds checksums is none of them. */
    private static final int CHECKSUM_MASK = 0xa282ead8;

    private static final int PNG_HEADER_END = 26;

    /** TensorFlow's number of the element type that is text. */
    private static final int STRING = 7;

    /** The first event of a file. */
    static TensorBoardEvent fileVersion(double wallTime) {
        return new TensorBoardEvent(new ProtobufMessage().float64(1, wallTime).text(3, FILE_VERSION));
    }

    /**
     * Numbers of one step.
     *
     * @param wallTime seconds since 1970
     * @param step the place on the horizontal axis
     * @param scalars values by tag
     */
    static TensorBoardEvent scalars(double wallTime, long step, Map<String, Double> scalars) {
        ProtobufMessage summary = new ProtobufMessage();
        scalars.forEach((tag, value) ->
                summary.message(1, new ProtobufMessage().text(1, tag).float32(2, value.floatValue())));
        return of(wallTime, step, summary);
    }

    /**
     * A picture.
     *
     * @param png a PNG file
     */
    static TensorBoardEvent image(double wallTime, long step, String tag, byte[] png) {
        if (png.length < PNG_HEADER_END) {
            throw new IllegalArgumentException("a picture of " + png.length + " bytes is no PNG file");
        }
        ByteBuffer header = ByteBuffer.wrap(png); // big endian: width and height at 16, the type of colour at 25
        ProtobufMessage image = new ProtobufMessage()
                .integer(1, header.getInt(20))
                .integer(2, header.getInt(16))
                .integer(3, channels(png[25]))
                .bytes(4, png);
        return of(
                wallTime,
                step,
                new ProtobufMessage()
                        .message(1, new ProtobufMessage().text(1, tag).message(4, image)));
    }

    /**
     * A page of text, whose lines stay lines: TensorBoard takes text for Markdown, in which what is indented is code.
     *
     * @param lines separated by line feeds
     */
    static TensorBoardEvent text(double wallTime, long step, String tag, String lines) {
        ProtobufMessage plugin = new ProtobufMessage().message(1, new ProtobufMessage().text(1, "text"));
        ProtobufMessage tensor = new ProtobufMessage()
                .integer(1, STRING)
                .text(8, lines.lines().map(line -> "    " + line).collect(Collectors.joining("\n")));
        return of(
                wallTime,
                step,
                new ProtobufMessage()
                        .message(
                                1,
                                new ProtobufMessage()
                                        .text(1, tag)
                                        .message(9, plugin)
                                        .message(8, tensor)));
    }

    private static TensorBoardEvent of(double wallTime, long step, ProtobufMessage summary) {
        return new TensorBoardEvent(
                new ProtobufMessage().float64(1, wallTime).integer(2, step).message(5, summary));
    }

    /** TensorBoard's number for a PNG type of colour: 1 grey, 2 grey and alpha, 3 RGB (a palette's too), 4 RGBA. */
    private static int channels(byte pngColourType) {
        return switch (pngColourType) {
            case 0 -> 1;
            case 4 -> 2;
            case 6 -> 4;
            default -> 3;
        };
    }

    /** The event as it stands in a file: length, checksum of the length, event, checksum of the event; little endian. */
    byte[] framed() {
        byte[] event = message.toBytes();
        ByteBuffer frame = ByteBuffer.allocate(8 + 4 + event.length + 4).order(ByteOrder.LITTLE_ENDIAN);
        frame.putLong(event.length);
        frame.putInt(maskedChecksum(frame.array(), 8));
        frame.put(event);
        frame.putInt(maskedChecksum(event, event.length));
        return frame.array();
    }

    /** CRC-32C of the first bytes, rotated by 15 bits and masked. */
    private static int maskedChecksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return Integer.rotateRight((int) checksum.getValue(), 15) + CHECKSUM_MASK;
    }
}
