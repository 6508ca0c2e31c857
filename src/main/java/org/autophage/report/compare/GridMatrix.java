package org.autophage.report.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.autophage.base.PlainFiles;
import org.autophage.report.page.SampleGrids;
import org.autophage.report.plot.Drawing;
import org.autophage.report.plot.PictureGrid;
import org.jspecify.annotations.Nullable;

/**
 * Sample grids of several loops: a column a loop, a row a generation.
 *
 * @param loops the columns' titles, with the seed that each shows
 * @param rows the generations
 * @param note what the pictures show
 */
public record GridMatrix(List<String> loops, List<Row> rows, String note) {
    /**
     * The pictures of one generation.
     *
     * @param generation from 1
     * @param pictures one a loop; null where there is none
     */
    public record Row(int generation, List<@Nullable Picture> pictures) {}

    /**
     * A picture.
     *
     * @param description for those who cannot see it
     * @param grid the picture itself, or the page of text
     */
    public record Picture(String description, SampleGrids.Grid grid) {}

    /**
     * Embeds the grids of some generations, of the lowest seed that all loops share where there is one.
     *
     * @param missing gets a line for whatever is not shown
     */
    static GridMatrix of(List<Arm> arms, SortedSet<Integer> generations, List<String> missing) {
        String shown = SampleGrids.description(arms.stream().map(Arm::run).toList());
        List<Long> seeds = arms.stream().map(arm -> arm.seedForPictures(arms)).toList();
        boolean oneSeed = seeds.stream().distinct().count() == 1;
        long spent = 0;
        List<Row> rows = new ArrayList<>();
        for (int generation : generations) {
            List<@Nullable Picture> pictures = new ArrayList<>();
            for (int i = 0; i < arms.size(); i++) {
                Arm arm = arms.get(i);
                Path file = arm.run().generationFolder(seeds.get(i), generation).shown();
                boolean there = PlainFiles.isThere(file);
                spent += there ? SampleGrids.size(file) : 0;
                if (there && spent <= SampleGrids.BUDGET) {
                    String description = "Samples of " + arm.label() + ", generation " + generation + ", seed "
                            + seeds.get(i) + ": " + shown;
                    pictures.add(new Picture(description, SampleGrids.grid(file, generation)));
                } else {
                    pictures.add(null);
                    missing.add(arm.label() + ": seed " + seeds.get(i)
                            + (there
                                    ? "’s grid of generation " + generation + " would make this page too large."
                                    : " has no " + file.getFileName() + " for generation " + generation + "."));
                }
            }
            if (pictures.stream().flatMap(Stream::ofNullable).findAny().isPresent()) {
                rows.add(new Row(generation, pictures));
            }
        }
        List<String> titles = arms.stream()
                .map(arm -> oneSeed ? arm.label() : arm.label() + ", seed " + seeds.get(arms.indexOf(arm)))
                .toList();
        String note = "Shown: " + shown + (oneSeed ? ", seed " + seeds.get(0) : "") + ". "
                + (oneSeed
                        ? "The latents and labels are the same in every picture, so what differs is the model."
                        : "These loops share no seed: latents are the same within a column only.");
        return new GridMatrix(titles, rows, note);
    }

    /** Whether all there is are pages of text, of which no figure is made. */
    boolean arePages() {
        return rows.stream()
                .flatMap(row -> row.pictures().stream().flatMap(Stream::ofNullable))
                .allMatch(picture -> picture.grid().isPage());
    }

    /** The same as a figure of a paper: a row a loop, a column a generation. */
    Drawing drawing() {
        List<PictureGrid.Row> pictures = new ArrayList<>();
        for (int i = 0; i < loops.size(); i++) {
            List<String> uris = new ArrayList<>();
            for (Row row : rows) {
                Picture picture = row.pictures().get(i);
                uris.add(picture == null ? "" : picture.grid().dataUri());
            }
            pictures.add(new PictureGrid.Row(loops.get(i), uris));
        }
        List<String> generations =
                rows.stream().map(row -> "Generation " + row.generation()).toList();
        return new PictureGrid(generations, pictures).drawing("Samples, loop by loop", note);
    }
}
