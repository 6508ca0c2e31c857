package org.autophage.verification;

/** How much is spent on the table. */
public enum Effort {
    /** About a minute on two cores: fewer replicas, so larger errors, and the shorter loops. */
    QUICK,
    /** Under ten minutes on two cores. */
    USUAL,
    /** All of the usual table, and loops of networks: hours on two cores. */
    FULL;

    /** What is spent on a loop of Gaussians. */
    int of(int quick, int usual) {
        return this == QUICK ? quick : usual;
    }
}
