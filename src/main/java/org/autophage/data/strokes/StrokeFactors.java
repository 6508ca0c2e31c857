package org.autophage.data.strokes;

import java.util.List;
import org.autophage.data.KnownFactors;

/** Those of a glyph's factors that its image tells: of rotation, bow and the others too little is left of in few pixels. */
record StrokeFactors(StrokesDataset dataset) implements KnownFactors {
    private static final List<Factor> FACTORS = List.of(
            new Factor("slant", "leftmostLeaning", "rightmostLeaning"),
            new Factor("width", "narrowest", "widest"),
            new Factor("size", "smallest", "largest"),
            new Factor("thickness", "thinnest", "thickest"));

    @Override
    public List<Factor> factors() {
        return FACTORS;
    }

    @Override
    public double[] of(long index) {
        GlyphFactors glyph = dataset.factors(index);
        return new double[] {glyph.slant(), glyph.aspect(), glyph.scale(), glyph.thickness()};
    }
}
