package org.autophage.report.page;

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
        return own("uplot/uPlot.min.css") + "\n" + own("page.css");
    }

    /** The scripts, uPlot's first. */
    public String scripts() {
        return own("uplot/uPlot.iife.min.js") + "\n" + own("plots.js") + "\n" + own("charts.js") + "\n"
                + own("page.js");
    }

    private static String own(String name) {
        return resource(Page.class, name);
    }

    /** Fills a template and writes it to a file, which is whole or not there. */
    public static void write(String template, Object view, Path out) {
        StringOutput html = new StringOutput();
        TEMPLATES.render(template, view, html);
        AtomicFiles.writeText(out.toAbsolutePath().normalize(), html.toString());
    }

    /** A text file that stands beside a class in the jar. */
    public static String resource(Class<?> beside, String name) {
        try (InputStream stream = beside.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("resource " + name + " is not in the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
