/** Where a run's records go besides its folder: TensorBoard event files and an MLflow server. */
@org.jspecify.annotations.NullMarked
package org.autophage.sink;
