package org.autophage.report.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.autophage.base.DiskErrors;
import org.autophage.base.PlainFiles;
import org.autophage.report.format.Prose;
import org.autophage.report.plot.Drawing;
import org.autophage.report.plot.PictureGrid;
import org.autophage.report.records.RunReading;
import org.autophage.run.GenerationRecord;

/**
 * The sample grids of one seed, each the same latents and labels, embedded in the page.
 *
 * @param seed the run's seed
 * @param found generations whose picture is there
 * @param grids those that are shown, at most {@link #MOST}
 */
public record SampleGrids(long seed, int found, List<Grid> grids) {
    /** "Seed 0", and how many of its pictures are shown where that is not all. */
    public String title() {
        return "Seed " + seed + (grids.size() < found ? ", " + grids.size() + " of " + found + " generations" : "");
    }

    /**
     * A picture, or a page of text.
     *
     * @param generation whose samples it shows
     * @param dataUri the PNG file itself; empty for a page
     * @param text of a page; empty for a picture
     */
    public record Grid(int generation, String dataUri, String text) {
        /** Whether it is a page of text. */
        public boolean isPage() {
            return dataUri.isEmpty();
        }
    }

    /** Bytes of pictures that a page carries at most, so that it can still be mailed and opened on a telephone. */
    public static final long BUDGET = 12L << 20;

    /** Pictures of a seed that a page shows at most: those of a hundred generations cannot be told apart. */
    static final int MOST = 24;

    /** Pictures of a figure, whose titles stand beside each other in a column. */
    private static final int IN_A_FIGURE = 4;

    /** What the pictures of runs show. */
    public static String description(List<RunReading> runs) {
        if (runs.stream().allMatch(RunReading::isOfTokens)) {
            return "the first replica’s sequences, one a line";
        }
        if (runs.stream().allMatch(RunReading::isOfPoints)) {
            return "the first replica’s points in their first two coordinates";
        }
        List<String> all = runs.stream()
                .filter(run -> !run.isOfPoints() && !run.isOfTokens())
                .map(run -> ClassLegend.of(run.classes()))
                .distinct()
                .toList();
        return all.size() == 1 ? all.get(0) : "samples of each loop’s own classes";
    }

    /**
     * Embeds grids, whole seeds first come first served until the budget is spent.
     *
     * @param missing gets a line for whatever is not shown
     */
    static List<SampleGrids> of(RunReading run, List<String> missing) {
        List<SampleGrids> all = new ArrayList<>();
        long spent = 0;
        for (long seed : run.seeds().keySet()) {
            List<Path> files = new ArrayList<>();
            List<Integer> absent = new ArrayList<>();
            List<Integer> present = new ArrayList<>();
            for (GenerationRecord record : run.seeds().getOrDefault(seed, List.of())) {
                Path file = run.generationFolder(seed, record.generation()).shown();
                boolean there = PlainFiles.isThere(file);
                (there ? present : absent).add(record.generation());
                if (there) {
                    files.add(file);
                }
            }
            if (!absent.isEmpty()) {
                missing.add("Seed " + seed + ": no " + name(run) + " for generation " + Prose.ranges(absent) + ".");
            }
            int found = files.size();
            if (found > MOST) {
                files = evenlySpaced(files, MOST);
                present = evenlySpaced(present, MOST);
            }
            long size = files.stream().mapToLong(SampleGrids::size).sum();
            if (files.isEmpty()) {
                continue;
            }
            if (spent > 0 && spent + size > BUDGET) {
                missing.add("Seed " + seed
                        + ": its sample grids would make this page too large; they are in the run folder.");
                continue;
            }
            spent += size;
            List<Grid> grids = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                grids.add(grid(files.get(i), present.get(i)));
            }
            all.add(new SampleGrids(seed, found, grids));
        }
        return all;
    }

    private static String name(RunReading run) {
        return run.isOfTokens() ? "page.txt" : "grid.png";
    }

    /** The first, the last, and as many between. */
    private static <T> List<T> evenlySpaced(List<T> all, int most) {
        List<T> chosen = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            chosen.add(all.get(Math.round((float) i * (all.size() - 1) / (most - 1))));
        }
        return chosen;
    }

    /** Whether they are pages of text, of which no figure is made. */
    boolean arePages() {
        return grids.stream().anyMatch(Grid::isPage);
    }

    /**
     * The same as a figure of a paper: some generations beside each other.
     *
     * @param shown what the pictures show
     */
    Drawing drawing(String shown) {
        List<Grid> some = grids.size() > IN_A_FIGURE ? evenlySpaced(grids, IN_A_FIGURE) : grids;
        return new PictureGrid(
                        some.stream()
                                .map(grid -> "Generation " + grid.generation())
                                .toList(),
                        List.of(new PictureGrid.Row(
                                "", some.stream().map(Grid::dataUri).toList())))
                .drawing("Samples by generation", "Shown: " + shown + ", seed " + seed + ".");
    }

    /** The picture or the page of one generation. */
    public static Grid grid(Path file, int generation) {
        byte[] bytes = bytes(file);
        return file.toString().endsWith(".png")
                ? new Grid(
                        generation,
                        "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes),
                        "")
                : new Grid(generation, "", new String(bytes, StandardCharsets.UTF_8));
    }

    public static long size(Path file) {
        try {
            return PlainFiles.regular(file)
                    .orElseThrow(() -> new NoSuchFileException(file.toString()))
                    .size();
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return PlainFiles.bytes(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        }
    }
}
