package org.autophage.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.autophage.program.Graph.ElementType;
import org.autophage.program.Value;

/** Arithmetic of a network. Parameters, their moving average, the optimizer and the loss are float32 in any case. */
public enum Precision {
    @JsonProperty("float32")
    FLOAT32(ElementType.FLOAT32),
    /** A float32 with 8 bits of mantissa: faster where the processor has instructions for it. */
    @JsonProperty("bfloat16")
    BFLOAT16(ElementType.BFLOAT16);

    private final ElementType type;

    Precision(ElementType type) {
        this.type = type;
    }

    /** A float32 value as the network takes it. */
    public Value cast(Value value) {
        return this == FLOAT32 ? value : value.to(type);
    }

    /** What the network returned, as float32. */
    public Value uncast(Value value) {
        return this == FLOAT32 ? value : value.to(ElementType.FLOAT32);
    }
}
