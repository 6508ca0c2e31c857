package org.autophage.spark;

import org.autophage.sweep.CellCluster;

/** Apache Spark: a job of one task a cell. */
public final class SparkCluster implements CellCluster {
    @Override
    public String name() {
        return "spark";
    }

    @Override
    public Session open(Wish wish) {
        return new SparkCells(SparkSettings.of(wish), wish.progress());
    }
}
