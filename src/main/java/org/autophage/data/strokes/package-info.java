/** Drawn glyphs, as many as one likes, none of them from a file. */
@org.jspecify.annotations.NullMarked
package org.autophage.data.strokes;
