package org.autophage.measure;

/** Objects of a record with numbers about numbers. */
enum MeasureGroup {
    /** Standard errors of means over replicas. */
    STANDARD_ERROR("standardError"),
    /** Standard errors of numbers by the noise of the samples that they were measured on. */
    SAMPLING_ERROR("samplingError"),
    /** Numbers by sampling seed, each behind its metric's key. */
    SAMPLINGS("bySamplingSeed"),
    /** Expectations in closed form, or of real samples of the same number. */
    EXPECTED("expected"),
    /** How far those of real samples vary from draw to draw, as standard deviations. */
    EXPECTED_DEVIATION("expectedDeviation");

    private final String key;

    MeasureGroup(String key) {
        this.key = key;
    }

    /** The name of the object. */
    String key() {
        return key;
    }
}
