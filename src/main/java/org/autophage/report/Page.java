package org.autophage.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.autophage.base.AtomicFiles;

/**
 * What every page has around its content: title, style, scripts and data, all inside the one file.
 *
 * @param title of the browser's tab
 * @param data JSON for the scripts, safe inside a script element
 */
public record Page(String title, String data) {
    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Page.class.getClassLoader(), "org.autophage.report.templates");

    /** The style sheets, uPlot's first. */
    public String styles() {
        return resource("uplot/uPlot.min.css") + "\n" + resource("page.css");
    }

    /** The scripts, uPlot's first. */
    public String scripts() {
        return resource("uplot/uPlot.iife.min.js") + "\n" + resource("plots.js") + "\n" + resource("charts.js") + "\n"
                + resource("page.js");
    }

    /** Fills a template and writes it to a file, which is whole or not there. */
    static void write(String template, Object view, Path out) {
        StringOutput html = new StringOutput();
        TEMPLATES.render(template, view, html);
        AtomicFiles.writeText(out.toAbsolutePath().normalize(), html.toString());
    }

    /** A text file that stands beside this class in the jar. */
    public static String resource(String name) {
        try (InputStream stream = Page.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("resource " + name + " is not in the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
