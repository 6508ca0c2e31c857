package org.autophage.data.picture;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.autophage.base.Interruptible;
import org.autophage.base.Progress;
import org.autophage.data.ClassNames;
import org.autophage.data.ImageGrid;
import org.autophage.data.Images;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes images as PNG files, a file each, in layouts that other tools read, and {@link PictureFiles} too: the pixels and the labels come
 * back as they were. Equal images give equal bytes.
 */
public final class PictureWriting {
    private static final LocalDateTime FIXED_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** Names of classes that may be names of folders on every system. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._()+-]{0,99}(?<![ .])");

    /** Images that are encoded at a time, bytes of their pixels and number. */
    private static final int PIECE_BYTES = 16 << 20;

    private static final int PIECE_IMAGES = 1024;

    private PictureWriting() {}

    /** Takes one file, by its name with slashes. */
    private interface Target {
        void put(String name, byte[] content) throws IOException;
    }

    /** Where the image of a number goes. */
    private static String number(int image) {
        return String.format(Locale.ROOT, "%08d", image);
    }

    /** As edm and StyleGAN's tools have it: a thousand and more of a folder. */
    private static String edmName(int image) {
        String number = number(image);
        return number.substring(0, 5) + "/img" + number + ".png";
    }

    /**
     * A zip as edm's and StyleGAN's tools write it: {@code 00000/img00000000.png} and so on, and {@code dataset.json} with the labels
     * where there are at least two classes.
     *
     * @param file does not exist
     */
    public static void zip(Images images, Path file, Progress progress) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            Target target = (name, content) -> {
                zip.putNextEntry(entry(name, content));
                zip.write(content);
                zip.closeEntry();
            };
            putAll(images, PictureWriting::edmName, target, progress);
            target.put(LabelList.NAME, labels(images, PictureWriting::edmName));
        }
    }

    /** Stored: PNG is compressed already, and readers may take any picture out of the middle. */
    private static ZipEntry entry(String name, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(FIXED_TIME);
        return entry;
    }

    /**
     * A folder of files {@code 00000000.png} and so on, and where there are at least two classes {@code dataset.json} with the labels.
     *
     * @param folder exists and is empty
     */
    public static void folder(Images images, Path folder, Progress progress) throws IOException {
        IntFunction<String> names = image -> number(image) + ".png";
        Target target = (name, content) -> Files.write(folder.resolve(name), content);
        putAll(images, names, target, progress);
        if (images.classes() > 1) {
            target.put(LabelList.NAME, labels(images, names));
        }
    }

    /**
     * A folder a class, of files as {@link #folder} has them. Folders are called as the classes are where these names are in alphabetical
     * order, by which readers number classes, and can be names of folders; otherwise by the classes' numbers.
     *
     * @param folder exists and is empty
     */
    public static void folderOfClasses(Images images, Path folder, Progress progress) throws IOException {
        List<String> classes = folders(images.classNames());
        for (String each : classes) {
            Files.createDirectory(folder.resolve(each));
        }
        Target target = (name, content) -> Files.write(folder.resolve(name), content);
        putAll(images, image -> classes.get(images.labels()[image]) + "/" + number(image) + ".png", target, progress);
    }

    private static List<String> folders(ClassNames names) {
        int digits = String.valueOf(names.count() - 1).length();
        List<String> given = names.all();
        boolean usable = names.given() != null
                && given.stream().allMatch(name -> PLAIN.matcher(name).matches())
                && given.stream()
                                .map(name -> name.toLowerCase(Locale.ROOT))
                                .distinct()
                                .count()
                        == names.count()
                && given.stream().sorted().toList().equals(given);
        return usable
                ? given
                : IntStream.range(0, names.count())
                        .mapToObj(label -> String.format(Locale.ROOT, "%0" + digits + "d", label))
                        .toList();
    }

    /** Pairs of a picture and its class; null where there is one class only. */
    private static byte[] labels(Images images, IntFunction<String> names) {
        List<List<Object>> pairs = new ArrayList<>();
        for (int i = 0; i < images.count() && images.classes() > 1; i++) {
            pairs.add(List.of(names.apply(i), images.labels()[i]));
        }
        Map<String, Object> list = new HashMap<>();
        list.put("labels", pairs.isEmpty() ? null : pairs);
        return JsonMapper.shared().writeValueAsString(list).getBytes(StandardCharsets.UTF_8);
    }

    private static void putAll(Images images, IntFunction<String> names, Target target, Progress progress)
            throws IOException {
        int step = Math.max(1, Math.min(PIECE_IMAGES, PIECE_BYTES / images.imageBytes()));
        try (Progress.Task task = progress.begin("writing pictures", images.count(), "pictures")) {
            for (int from = 0; from < images.count(); from += step) {
                Interruptible.proceed();
                int first = from;
                byte[][] encoded = IntStream.range(from, Math.min(images.count(), from + step))
                        .parallel()
                        .mapToObj(image -> png(images, image))
                        .toArray(byte[][]::new);
                for (int i = 0; i < encoded.length; i++) {
                    target.put(names.apply(first + i), encoded[i]);
                }
                task.advanceTo(from + encoded.length, "");
            }
        }
    }

    private static byte[] png(Images images, int image) {
        return new ImageGrid(1, 0).png(images.slice(image, image + 1));
    }
}
