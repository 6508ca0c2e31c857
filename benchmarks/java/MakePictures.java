import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * Makes pictures to measure with: coloured discs over noise, in FFHQ's layout of folders with 1,000 files each. The same
 * arguments give the same pixels.
 *
 * <p>{@code java MakePictures.java FOLDER COUNT SIZE png|jpg}
 */
final class MakePictures {
    private static final int A_FOLDER = 1000;
    private static final int DISCS = 8;
    private static final int NOISE = 12;

    private MakePictures() {}

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        int size = Integer.parseInt(arguments[2]);
        String format = arguments[3];
        ImageIO.setUseCache(false);
        for (int first = 0; first < count; first += A_FOLDER) {
            Path folder = Files.createDirectories(root.resolve("%05d".formatted(first)));
            IntStream.range(first, Math.min(count, first + A_FOLDER)).parallel().forEach(number -> {
                try {
                    Path file = folder.resolve("%05d.%s".formatted(number, format));
                    ImageIO.write(picture(size, new SplittableRandom(number)), format, file.toFile());
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        }
    }

    private static BufferedImage picture(int size, SplittableRandom random) {
        int[] pixels = new int[size * size];
        for (int disc = 0; disc < DISCS; disc++) {
            int colour = random.nextInt(1 << 24);
            double radius = size * (0.1 + 0.3 * random.nextDouble());
            double x = size * random.nextDouble();
            double y = size * random.nextDouble();
            for (int i = 0; i < pixels.length; i++) {
                if ((i % size - x) * (i % size - x) + (i / size - y) * (i / size - y) < radius * radius) {
                    pixels[i] = colour;
                }
            }
        }
        for (int i = 0; i < pixels.length; i++) {
            int noise = random.nextInt(NOISE) - NOISE / 2;
            int noisy = 0;
            for (int shift = 16; shift >= 0; shift -= 8) {
                noisy |= Math.max(0, Math.min(255, (pixels[i] >> shift & 0xff) + noise)) << shift;
            }
            pixels[i] = noisy;
        }
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, size, size, pixels, 0, size);
        return image;
    }
}
