package org.autophage.model;

/** Changes the numbers that samples are made of, N(0, 1) each and independent, before the samples are made. */
@FunctionalInterface
public interface LatentChange {
    /**
     * Changes those of some samples in their place.
     *
     * @param first the first sample's number among those that are drawn, counted from 0
     * @param count how many samples
     * @param latents (count × d), row by row
     */
    void change(int first, int count, float[] latents);
}
