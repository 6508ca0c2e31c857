package org.autophage.data.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
    @TempDir
    private Path folder;

    /** A file as NumPy lays it out: magic, version 1, header length, header padded to 64 bytes, values. */
    private static byte[] file(String header, String valuesHex) {
        byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0};
        byte[] text = (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] values = HexFormat.of().parseHex(valuesHex);
        byte[] bytes = Arrays.copyOf(magic, 128 + values.length);
        System.arraycopy(text, 0, bytes, 10, 118);
        System.arraycopy(values, 0, bytes, 128, values.length);
        return bytes;
    }

    /** The values' bytes are what numpy.save wrote for np.array([1, -2, 3], '<i4'). */
    @Test
    void readsWhatNumpyWrote() {
        NpyArray array = Npy.read(
                file("{'descr': '<i4', 'fortran_order': False, 'shape': (3,), }", "01000000feffffff03000000"), "a");
        assertThat(array.type()).isEqualTo(NpyArray.Type.INT32);
        assertThat(array.shape()).containsExactly(3);
        assertThat(array.toLongs()).containsExactly(1, -2, 3);
    }

    /** As numpy.save wrote np.asfortranarray(np.arange(6, dtype='<f4').reshape(2, 3)). */
    @Test
    void readsFortranOrder() {
        NpyArray array = Npy.read(
                file(
                        "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }",
                        "00000000000040400000803f00008040000000400000a040"),
                "a");
        assertThat(array.toDoubles()).containsExactly(0, 1, 2, 3, 4, 5);
    }

    /** Straight to float32, in either order, of more values than are turned into numbers at a time. */
    @Test
    void floatsAreReadWithoutACopy() throws IOException {
        float[] values = new float[40_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 8f;
        }
        Path file = Files.write(folder.resolve("f.npy"), Npy.write(NpyArray.ofFloats(values, 400, 100)));
        assertThat(Npy.<float[]>read(file, NpyReader::floats)).isEqualTo(values);
        int[] shape = Npy.read(file, NpyReader::shape);
        assertThat(shape).containsExactly(400, 100);
        Files.write(
                file,
                file(
                        "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }",
                        "00000000000040400000803f00008040000000400000a040"));
        assertThat(Npy.<float[]>read(file, NpyReader::floats)).containsExactly(0, 1, 2, 3, 4, 5);
    }

    /** Version 2 has four bytes for its header's length. */
    @Test
    void readsWideHeaders() {
        byte[] one = Npy.write(NpyArray.ofInts(new int[] {1, 2}, 2));
        byte[] two = new byte[one.length + 2];
        System.arraycopy(one, 0, two, 0, 10);
        System.arraycopy(one, 10, two, 12, one.length - 10);
        two[6] = 2;
        assertThat(Npy.read(two, "a").toLongs()).containsExactly(1, 2);
        two[10] = 1;
        refused(two, "x.npy is truncated: it ends inside its header");
    }

    /** As numpy.save wrote [1.5, -2.0009765625, 6e-8, 65504, 0.333, -0.0, inf, nan] of type '<f2'. */
    @Test
    void readsHalfPrecision() {
        NpyArray array = Npy.read(
                file("{'descr': '<f2', 'fortran_order': False, 'shape': (8,), }", "003e00c00100ff7b54350080007c007e"),
                "a");
        assertThat(array.toDoubles())
                .containsExactly(
                        1.5,
                        -2.0,
                        5.960464477539063e-08,
                        65504.0,
                        0.3330078125,
                        -0.0,
                        Double.POSITIVE_INFINITY,
                        Double.NaN);
    }

    @Test
    void writesAKnownFile() {
        byte[] bytes = Npy.write(NpyArray.ofLongs(new long[] {10}));
        String header = "{'descr': '<i8', 'fortran_order': False, 'shape': (), }";
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                .isEqualTo("\u0093NUMPY\u0001\u0000" + (char) 118 + "\u0000" + header
                        + " ".repeat(117 - header.length()) + "\n" + "\n" + "\u0000".repeat(7));
    }

    @Test
    void everyTypeComesBack() {
        NpyArray[] arrays = {
            NpyArray.ofBytes(new byte[] {0, 127, -1}, 3, 1),
            NpyArray.ofInts(new int[] {Integer.MIN_VALUE, 5}, 2),
            NpyArray.ofLongs(new long[] {Long.MAX_VALUE, -1, 0, 3}, 2, 2),
            NpyArray.ofFloats(new float[] {1.5f, Float.NaN}, 1, 2, 1),
            NpyArray.ofDoubles(new double[] {Math.PI}),
            NpyArray.ofDoubles(new double[0], 0, 7)
        };
        for (NpyArray array : arrays) {
            NpyArray back = Npy.read(Npy.write(array), "a");
            assertThat(back.type()).isEqualTo(array.type());
            assertThat(back.shape()).isEqualTo(array.shape());
            assertThat(back.data()).isEqualTo(array.data());
        }
        assertThat(arrays[0].toDoubles()).containsExactly(0, 127, 255);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<U3", "<c8", "<f16", "|O", "<M8[ns]", ">V4"})
    void otherTypesAreRefusedByName(String type) {
        refused(
                file("{'descr': '" + type + "', 'fortran_order': False, 'shape': (1,), }", "00000000"),
                "x.npy holds values of type " + type + ": must be one of |u1, <i4, <i8, <f2, <f4, <f8");
    }

    /** As numpy.save wrote [1, -2] of each type, or [1, 254] and so on of unsigned ones. */
    @ParameterizedTest
    @CsvSource({
        ">i4, 00000001fffffffe, 1, -2",
        ">i8, 0000000000000001fffffffffffffffe, 1, -2",
        "<i2, 0100feff, 1, -2",
        ">i2, 0001fffe, 1, -2",
        "|i1, 01fe, 1, -2",
        "<u2, 0100feff, 1, 65534",
        "<u4, 01000000feffffff, 1, 4294967294",
        "<u8, 0100000000000000ffffffffffffffff, 1, 1.8446744073709552E19",
        "|b1, 0001, 0, 1",
        "=i4, 01000000feffffff, 1, -2",
        ">f2, 3c00c000, 1, -2",
        ">f4, 3f800000c0000000, 1, -2",
        ">f8, 3ff0000000000000c000000000000000, 1, -2"
    })
    void everyTypeOfNumberIsReadInEitherOrder(String type, String hex, double first, double second) {
        NpyArray array = Npy.read(file("{'descr': '" + type + "', 'fortran_order': False, 'shape': (2,), }", hex), "a");
        assertThat(array.toDoubles()).containsExactly(first, second);
    }

    @Test
    void bigEndianFloatsAreReadStraightToo() throws IOException {
        Path file = folder.resolve("big.npy");
        Files.write(file, file("{'descr': '>f4', 'fortran_order': True, 'shape': (1, 2), }", "3f800000c0000000"));
        float[] values = Npy.read(file, NpyReader::floats);
        assertThat(values).containsExactly(1, -2);
    }

    @Test
    void whatDoesNotFitALongIsRefused() {
        byte[] bytes = file("{'descr': '<u8', 'fortran_order': False, 'shape': (1,), }", "ffffffffffffffff");
        assertThatThrownBy(() -> Npy.read(bytes, "x.npy").toLongs())
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining("2^63");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4294967296, 4294967296|x.npy has shape (4294967296, 4294967296): sizes must be 0 or more, and below 2^31",
                "-1, 4|x.npy has shape (-1, 4): sizes must be 0 or more, and below 2^31",
                "2147483647, 2147483647, 2147483647|x.npy is truncated: shape [2147483647, 2147483647, 2147483647] of <f4 takes 2^63 or more bytes, and it has 4",
                "2147483647, 2147483647, 2|x.npy is truncated: shape [2147483647, 2147483647, 2] of <f4 takes 2^63 or more bytes, and it has 4",
                "1073741824, 4294967|x.npy is truncated",
                "2147483647, 2147483647, 2147483647, 0|x.npy is corrupt: shape [2147483647, 2147483647, 2147483647, 0] of <f4 takes 0 bytes, and it has 4",
                "--1|x.npy has shape (--1)"
            })
    void impossibleShapesAreNamed(String shape, String message) {
        refused(file("{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }", "00000000"), message);
    }

    @Test
    void anEmptyArrayMayHaveAnyOtherSize() {
        NpyArray none = Npy.read(
                file("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 2147483647, 2147483647), }", ""), "a");
        assertThat(none.elements()).isZero();
    }

    @Test
    void recordsAreRefused() {
        refused(
                file("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,), }", "00000000"),
                "x.npy holds values of type record");
    }

    @Test
    void damageIsNamed() {
        byte[] whole = Npy.write(NpyArray.ofInts(new int[] {1, 2}, 2));
        refused(
                Arrays.copyOf(whole, whole.length - 1),
                "x.npy is truncated: shape [2] of <i4 takes 8 bytes, and it has 7");
        refused(Arrays.copyOf(whole, whole.length + 1), "x.npy is corrupt");
        refused(Arrays.copyOf(whole, 40), "x.npy is truncated: it ends inside its header");
        refused(new byte[] {1, 2, 3}, "x.npy is no .npy array");
        byte[] future = whole.clone();
        future[6] = 9;
        refused(future, "x.npy is .npy of version 9");
    }

    private static void refused(byte[] bytes, String message) {
        assertThatThrownBy(() -> Npy.read(bytes, "x.npy"))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(((AutophageException) e).exitCode()).isEqualTo(ExitCode.USAGE));
    }
}
