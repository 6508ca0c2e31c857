package org.autophage.experiment;

import org.autophage.metrics.classifier.ClassifierCache;
import org.autophage.run.SweepFolder;

/**
 * What the cells of a sweep have in common, whichever process and machine runs them: models of generation 1, and the
 * classifiers that measure and that remedies ask.
 *
 * @param sweep where it lies
 * @param cell the name of the run that asks
 */
public record SharedByCells(SweepFolder sweep, String cell) {
    FirstGenerations firstGenerations() {
        return new FirstGenerations(sweep.firstGenerations(), cell);
    }

    ClassifierCache classifiers(ClassifierCache cache) {
        return cache.sharedIn(sweep.classifiers());
    }
}
