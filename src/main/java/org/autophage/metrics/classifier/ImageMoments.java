package org.autophage.metrics.classifier;

import java.util.stream.IntStream;
import org.autophage.data.Images;
import org.autophage.metrics.features.Features;

/**
 * What an image of one bright figure on black is like as a whole: how much of it there is, where, how far and which way it spreads
 * (central moments of orders 2 to 4), how much edge it has.
 */
final class ImageMoments {
    private static final int HIGHEST_ORDER = 4;
    private static final double WHITE = 255;

    private ImageMoments() {}

    /** A row an image. */
    static Features of(Images images) {
        return Features.ofRows(IntStream.range(0, images.count())
                .parallel()
                .mapToObj(i -> moments(images, i))
                .toArray(double[][]::new));
    }

    /** Of the mean over the channels. Lengths are in sides of the image; an image that is all black has no moments, which are 0. */
    private static double[] moments(Images images, int number) {
        int height = images.height();
        int width = images.width();
        double[] light = light(images, number);
        double sum = 0;
        double squares = 0;
        double acrossEdges = 0;
        double downEdges = 0;
        double x = 0;
        double y = 0;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double value = light[row * width + column];
                sum += value;
                squares += value * value;
                x += value * column / width;
                y += value * row / height;
                acrossEdges += column > 0 ? Math.abs(value - light[row * width + column - 1]) : 0;
                downEdges += row > 0 ? Math.abs(value - light[(row - 1) * width + column]) : 0;
            }
        }
        double area = (double) height * width;
        double mass = sum > 0 ? sum : 1;
        double[] moments = new double[6 + (HIGHEST_ORDER + 1) * (HIGHEST_ORDER + 2) / 2 - 3];
        moments[0] = sum / area;
        moments[1] = squares / area;
        moments[2] = x / mass;
        moments[3] = y / mass;
        moments[4] = acrossEdges / width;
        moments[5] = downEdges / height;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double weight = light[row * width + column] / mass;
                double across = (double) column / width - moments[2];
                double down = (double) row / height - moments[3];
                int at = 6;
                for (int order = 2; order <= HIGHEST_ORDER; order++) {
                    for (int power = 0; power <= order; power++) {
                        moments[at++] += weight * power(across, power) * power(down, order - power);
                    }
                }
            }
        }
        return moments;
    }

    private static double power(double base, int exponent) {
        double power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= base;
        }
        return power;
    }

    private static double[] light(Images images, int number) {
        int channels = images.channels();
        int pixels = images.height() * images.width();
        byte[] bytes = images.pixels();
        double[] light = new double[pixels];
        for (int pixel = 0; pixel < pixels; pixel++) {
            for (int channel = 0; channel < channels; channel++) {
                int value = bytes[(number * pixels + pixel) * channels + channel] & 0xff;
                light[pixel] += value / WHITE / channels;
            }
        }
        return light;
    }
}
