package org.autophage.cli;

import java.math.BigDecimal;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Whole numbers of options, which may be written as in a spec: 1e4, 10000.0. */
final class WholeNumber {
    private static final int MOST_DIGITS = 19;

    private WholeNumber() {}

    static void register(CommandLine all) {
        all.registerConverter(int.class, text -> toInt(text));
        all.registerConverter(Integer.class, text -> toInt(text));
        all.registerConverter(long.class, text -> toLong(text));
        all.registerConverter(Long.class, text -> toLong(text));
    }

    private static int toInt(String text) {
        try {
            return Math.toIntExact(toLong(text));
        } catch (ArithmeticException e) {
            throw wrong(text);
        }
    }

    private static long toLong(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            if ((long) number.precision() - number.scale() > MOST_DIGITS) {
                throw wrong(text); // before a number of a billion digits is written out
            }
            return number.longValueExact();
        } catch (NumberFormatException | ArithmeticException e) {
            throw wrong(text);
        }
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException("'%s' is no whole number that fits".formatted(text));
    }
}
