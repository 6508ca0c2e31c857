/** Sweeps on clusters: arrays of Slurm, whose tasks are cells, and manifests for Kubernetes. */
@org.jspecify.annotations.NullMarked
package org.autophage.cluster;
