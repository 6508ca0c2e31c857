package org.autophage.report.plot;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.autophage.base.Printable;

/** A drawing as an SVG file that stands alone: no style sheet, no script, nothing from elsewhere. */
public final class SvgFile {
    private static final String FONTS = "Helvetica, Arial, 'Liberation Sans', sans-serif";

    private SvgFile() {}

    /** The file's text. */
    public static String of(Drawing drawing) {
        StringBuilder svg = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        String width = number(drawing.width());
        String height = number(drawing.height());
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%spt\" height=\"%spt\" viewBox=\"0 0 %s %s\" font-family=\"%s\" role=\"img\">\n"
                        .formatted(width, height, width, height, FONTS));
        svg.append("<title>").append(escaped(drawing.title())).append("</title>\n");
        svg.append("<desc>").append(escaped(drawing.description())).append("</desc>\n");
        svg.append("<rect width=\"%s\" height=\"%s\" fill=\"#ffffff\"/>\n".formatted(width, height));
        drawing.shapes().forEach(shape -> svg.append(element(shape)).append('\n'));
        return svg.append("</svg>\n").toString();
    }

    private static String element(Drawing.Shape shape) {
        if (shape instanceof Drawing.Rectangle box) {
            return "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>"
                    .formatted(number(box.x()), number(box.y()), number(box.width()), number(box.height()), box.fill());
        }
        if (shape instanceof Drawing.Stroke line) {
            String dashes = line.pen().dashes().isEmpty()
                    ? ""
                    : " stroke-dasharray=\"%s\""
                            .formatted(line.pen().dashes().stream()
                                    .map(SvgFile::number)
                                    .collect(Collectors.joining(" ")));
            return "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-linejoin=\"round\"%s/>"
                    .formatted(
                            path(line.points()),
                            line.pen().colour(),
                            number(line.pen().width()),
                            dashes);
        }
        if (shape instanceof Drawing.Area area) {
            return "<path d=\"%s Z\" fill=\"%s\" fill-opacity=\"%s\"/>"
                    .formatted(path(area.points()), area.fill(), number(area.opacity()));
        }
        if (shape instanceof Drawing.Dot dot) {
            return "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\"/>"
                    .formatted(number(dot.x()), number(dot.y()), number(dot.radius()), dot.fill());
        }
        if (shape instanceof Drawing.Writing text) {
            String turned = text.upwards()
                    ? " transform=\"rotate(-90 %s %s)\"".formatted(number(text.x()), number(text.y()))
                    : "";
            return "<text x=\"%s\" y=\"%s\" font-size=\"%s\" fill=\"%s\" text-anchor=\"%s\"%s>%s</text>"
                    .formatted(
                            number(text.x()),
                            number(text.y()),
                            number(text.size()),
                            text.fill(),
                            text.anchor().svg,
                            turned,
                            escaped(text.text()));
        }
        Drawing.Picture picture = (Drawing.Picture) shape;
        return "<image x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" preserveAspectRatio=\"none\" style=\"image-rendering: pixelated\" href=\"data:image/png;base64,%s\"/>"
                .formatted(
                        number(picture.x()),
                        number(picture.y()),
                        number(picture.width()),
                        number(picture.height()),
                        Base64.getEncoder().encodeToString(picture.png()));
    }

    private static String path(List<Drawing.Point> points) {
        return points.stream()
                .map(point -> number(point.x()) + " " + number(point.y()))
                .collect(Collectors.joining(" L", "M", ""));
    }

    private static String number(double length) {
        String text = String.format(Locale.ROOT, "%.2f", length);
        return text.replaceFirst("\\.?0+$", "");
    }

    private static String escaped(String text) {
        return Printable.of(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
