/** Geometry of plots that are drawn without scripts: axes, colours, contours, maps and lines, in pixels of an SVG. */
@org.jspecify.annotations.NullMarked
package org.autophage.report.plot;
