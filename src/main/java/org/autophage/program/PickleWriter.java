package org.autophage.program;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the few opcodes of Python's pickle protocol 2 that a TorchScript archive needs. */
final class PickleWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleWriter() {
        out.write(0x80);
        out.write(2);
    }

    PickleWriter global(String module, String name) {
        return op('c').raw(module + "\n" + name + "\n");
    }

    PickleWriter text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        op('X').int32(utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    PickleWriter number(long number) {
        if (number == (int) number) {
            return op('J').int32((int) number);
        }
        op((char) 0x8a);
        out.write(8);
        for (int i = 0; i < 8; i++) {
            out.write((int) (number >>> (8 * i)));
        }
        return this;
    }

    /** A tuple of numbers. */
    PickleWriter numbers(long[] numbers) {
        mark();
        for (long number : numbers) {
            number(number);
        }
        return tuple();
    }

    PickleWriter truth(boolean truth) {
        return op((char) (truth ? 0x88 : 0x89));
    }

    PickleWriter mark() {
        return op('(');
    }

    PickleWriter tuple() {
        return op('t');
    }

    PickleWriter emptyTuple() {
        return op(')');
    }

    PickleWriter emptyDictionary() {
        return op('}');
    }

    PickleWriter newObject() {
        return op((char) 0x81);
    }

    PickleWriter reduce() {
        return op('R');
    }

    PickleWriter persistentId() {
        return op('Q');
    }

    PickleWriter setItems() {
        return op('u');
    }

    PickleWriter build() {
        return op('b');
    }

    byte[] stop() {
        op('.');
        return out.toByteArray();
    }

    private PickleWriter op(char opcode) {
        out.write(opcode);
        return this;
    }

    private PickleWriter raw(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    private PickleWriter int32(int number) {
        for (int i = 0; i < 4; i++) {
            out.write(number >>> (8 * i));
        }
        return this;
    }
}
