package org.autophage.verification;

/** How much is spent on the table. */
public enum Effort {
    /** Under a minute on two cores: fewer replicas, so larger errors, and the shorter loops. */
    QUICK,
    /** Under ten minutes on two cores. */
    FULL;

    /** The one or the other. */
    int of(int quick, int full) {
        return this == QUICK ? quick : full;
    }
}
