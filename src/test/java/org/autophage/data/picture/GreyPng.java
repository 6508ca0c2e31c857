package org.autophage.data.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Square pictures of one grey value, which tells them apart. */
public final class GreyPng {
    private GreyPng() {}

    /** As PNG, or JPEG where that is asked for ("jpg"). */
    public static byte[] of(int size, int value, String format) throws IOException {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
        int[] values = new int[size * size];
        Arrays.fill(values, value);
        image.getRaster().setPixels(0, 0, size, size, values);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    public static byte[] of(int value) throws IOException {
        return of(8, value, "png");
    }
}
