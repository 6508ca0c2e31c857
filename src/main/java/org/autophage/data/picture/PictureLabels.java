package org.autophage.data.picture;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import org.autophage.data.ClassNames;

/**
 * The classes of pictures: from a {@link LabelTable}, what their files have a place for, a {@link LabelList}, or else one class a
 * folder, numbered in alphabetical order, where every picture is in one; folders that all pictures share do not count,
 * folders named train and test (or val) hold the folders of classes, and folders that are all named by numbers of five
 * digits or more are parts of a large set and no classes.
 *
 * @param classNames what the classes are called
 * @param labels of the pictures in the order of {@link PictureSource#names}
 * @param reason why there are no classes although there might be; empty if there are, or nothing looks like them
 * @param bad pictures that have no class where others have one, and why; they have some label here
 * @param remarks what else there is to know of labels, a line each
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, compared nowhere
public record PictureLabels(
        ClassNames classNames, int[] labels, String reason, Map<Integer, String> bad, List<String> remarks) {
    private static final Set<String> SPLITS = Set.of("train", "test", "val", "valid", "validation");

    /** FFHQ's folders of 1,000 pictures, 00000, 01000, …, and those that edm's tools write into zips, 00000, 00001, … */
    private static final Pattern PART = Pattern.compile("\\d{5,}");

    PictureLabels(ClassNames classNames, int[] labels, String reason) {
        this(classNames, labels, reason, Map.of(), List.of());
    }

    /** The same where some pictures have no class. */
    PictureLabels with(Map<Integer, String> badOnes) {
        return new PictureLabels(classNames, labels, reason, badOnes, remarks);
    }

    /**
     * The same where numbers stand for names.
     *
     * @param names of the classes in their order; empty where numbers have none
     * @param where the file, for messages
     * @throws AutophageException (usage) if a number is none of theirs
     */
    PictureLabels named(List<String> names, String where) {
        if (names.isEmpty()) {
            return this;
        }
        int largest = Arrays.stream(labels).max().orElse(0);
        if (classNames.given() != null || largest >= names.size()) {
            throw AutophageException.usage("%s has the label %s, and names of %d classes: must be 0 to %d"
                    .formatted(where, classNames.name(largest), names.size(), names.size() - 1));
        }
        return new PictureLabels(ClassNames.of(names), labels, reason, bad, remarks);
    }

    /** The same with something to tell. */
    PictureLabels remarking(List<String> lines) {
        return new PictureLabels(classNames, labels, reason, bad, lines);
    }

    /**
     * The classes of a source's pictures.
     *
     * @param keys where they are looked for
     * @throws AutophageException (usage) if a list of labels is corrupt, or there are no folders where they must be
     */
    static PictureLabels of(PictureSource source, LabelKeys keys) {
        List<String> names = source.names();
        if (keys.file() != null) {
            return LabelTable.labels(source, keys.file(), keys);
        }
        if (keys.from() == LabelSource.NONE) {
            return none(names.size(), "");
        }
        if (keys.from() == LabelSource.FOLDERS) {
            return ofFolders(source, names, false);
        }
        if (keys.column() != null && !(source instanceof ParquetPictures)) {
            throw AutophageException.usage(
                    "dataset.labelColumn is %s, and %s has no columns: only Parquet and CSV files have"
                            .formatted(keys.column(), source.root()));
        }
        Optional<PictureLabels> own = source.ownLabels(keys);
        if (own.isPresent()) {
            return own.get();
        }
        LabelList.Search search = LabelList.find(source);
        if (search.found() != null) {
            return search.found().labels(names);
        }
        PictureLabels folders = ofFolders(source, names, true);
        boolean both = !search.reason().isEmpty() && !folders.reason.isEmpty();
        return folders.classNames.count() > 1
                ? folders
                : none(names.size(), search.reason() + (both ? ", and " : "") + folders.reason);
    }

    /** One class, and why. */
    static PictureLabels none(int pictures, String reason) {
        return new PictureLabels(ClassNames.numbered(1), new int[pictures], reason);
    }

    /** Classes that are told by numbers from 0 on: those numbers, or their order where they are very large. */
    static PictureLabels ofNumbers(long[] numbers) {
        long largest = LongStream.of(numbers).max().orElse(0);
        if (largest < ClassNames.MOST_NUMBERS) {
            ClassNames names = ClassNames.numbered((int) largest + 1);
            return new PictureLabels(
                    names, LongStream.of(numbers).mapToInt(Math::toIntExact).toArray(), "");
        }
        return ofOrder(numbers);
    }

    /** The same with those classes only that there are pictures of; they keep their numbers as names. */
    PictureLabels withoutGaps() {
        return classNames.given() == null && reason.isEmpty()
                ? ofOrder(Arrays.stream(labels).asLongStream().toArray())
                        .with(bad)
                        .remarking(remarks)
                : this;
    }

    private static PictureLabels ofOrder(long[] numbers) {
        long[] distinct = LongStream.of(numbers).sorted().distinct().toArray();
        return new PictureLabels(
                ClassNames.of(LongStream.of(distinct).mapToObj(Long::toString).toList()),
                LongStream.of(numbers)
                        .mapToInt(number -> Arrays.binarySearch(distinct, number))
                        .toArray(),
                "");
    }

    /** Classes that are told by words, in alphabetical order. */
    static PictureLabels ofNames(List<String> names) {
        List<String> classes = names.stream().distinct().sorted().toList();
        Map<String, Integer> numbers =
                IntStream.range(0, classes.size()).boxed().collect(Collectors.toMap(classes::get, number -> number));
        return new PictureLabels(
                ClassNames.of(classes), names.stream().mapToInt(numbers::get).toArray(), "");
    }

    /** @param auto whether folders may be no classes */
    private static PictureLabels ofFolders(PictureSource source, List<String> names, boolean auto) {
        int shared = LabelList.sharedFolder(names).length();
        List<String> below = names.stream().map(name -> name.substring(shared)).toList();
        if (below.stream().allMatch(name -> SPLITS.contains(firstFolder(name)))) {
            below = below.stream()
                    .map(name -> name.substring(name.indexOf('/') + 1))
                    .toList();
        }
        List<String> folders = below.stream().map(PictureLabels::firstFolder).toList();
        List<String> classes = folders.stream()
                .distinct()
                .filter(name -> !name.isEmpty())
                .sorted()
                .toList();
        int loose = folders.indexOf("");
        if (loose >= 0 && !auto) {
            throw AutophageException.usage(
                    "%s has pictures outside of folders, such as %s: dataset.labels folders needs one folder a class"
                            .formatted(source.root(), names.get(loose)));
        }
        if (loose >= 0) {
            return none(names.size(), classes.isEmpty() ? "" : stray(names, folders, classes, loose));
        }
        if (auto && classes.stream().allMatch(name -> PART.matcher(name).matches())) {
            String like =
                    "folders such as %s look like parts of a large set (dataset.labels: folders makes them classes)";
            return none(names.size(), like.formatted(classes.get(0)));
        }
        return ofNames(folders);
    }

    private static String stray(List<String> names, List<String> folders, List<String> classes, int loose) {
        long count = folders.stream().filter(String::isEmpty).count();
        return "%s%s in none of the folders %s"
                .formatted(
                        names.get(loose),
                        count == 1 ? " is" : " and %,d more pictures are".formatted(count - 1),
                        ClassNames.of(classes)
                                .list(IntStream.range(0, classes.size()).toArray()));
    }

    /** The folder that a name begins with; empty if it has none. */
    private static String firstFolder(String name) {
        return name.substring(0, Math.max(0, name.indexOf('/')));
    }
}
