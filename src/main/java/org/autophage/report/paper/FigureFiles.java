package org.autophage.report.paper;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.autophage.base.AtomicFiles;
import org.autophage.base.Printable;
import org.autophage.report.format.Prose;
import org.autophage.report.plot.Drawing;
import org.autophage.report.plot.PdfFile;
import org.autophage.report.plot.SvgFile;

/** Figures of a paper as files, each as SVG and as PDF. */
public final class FigureFiles {
    private FigureFiles() {}

    /**
     * Writes NAME.svg and NAME.pdf a figure; files of other names stay as they are.
     *
     * @param folder made as needed
     * @return what was written and where, in a line
     */
    public static String write(Path folder, Map<String, Drawing> figures) {
        figures.forEach((name, drawing) -> {
            String safe = name.replaceAll("[^A-Za-z0-9._-]+", "-");
            AtomicFiles.writeText(folder.resolve(safe + ".svg"), SvgFile.of(drawing));
            byte[] pdf = PdfFile.of(drawing);
            AtomicFiles.write(folder.resolve(safe + ".pdf"), temporary -> Files.write(temporary, pdf));
        });
        return "figures: " + Prose.counted(figures.size(), "figure") + " in " + Printable.of(folder.toString())
                + ", each as SVG and PDF";
    }
}
