package org.autophage.model.diffusion;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The samplers by the names that specs have for them. */
public enum SamplerKind {
    @JsonProperty("heun")
    HEUN(new Heun()),
    @JsonProperty("dpm")
    DPM(new DpmSolver()),
    @JsonProperty("dpm2")
    DPM2(new DpmSolver2()),
    @JsonProperty("ddim")
    DDIM(new Ddim()),
    @JsonProperty("ancestral")
    ANCESTRAL(new Ancestral());

    private final Sampler sampler;

    SamplerKind(Sampler sampler) {
        this.sampler = sampler;
    }

    Sampler sampler() {
        return sampler;
    }

    /** Whether samples are made of more noise than they begin with. */
    public boolean addsNoise() {
        return sampler.addsNoise();
    }

    /** As written in a spec. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
