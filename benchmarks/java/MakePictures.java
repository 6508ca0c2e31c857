import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
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
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        for (int disc = 0; disc < DISCS; disc++) {
            double width = size * (0.2 + 0.6 * random.nextDouble());
            canvas.setColor(new Color(random.nextInt(1 << 24)));
            canvas.fill(new Ellipse2D.Double(
                    size * random.nextDouble() - width / 2, size * random.nextDouble() - width / 2, width, width));
        }
        canvas.dispose();
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int rgb = image.getRGB(x, y);
                int noisy = 0;
                for (int shift = 16; shift >= 0; shift -= 8) {
                    int value = (rgb >> shift & 0xff) + random.nextInt(NOISE) - NOISE / 2;
                    noisy |= Math.max(0, Math.min(255, value)) << shift;
                }
                image.setRGB(x, y, noisy);
            }
        }
        return image;
    }
}
