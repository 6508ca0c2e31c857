/** What the benchmarks share, and those that need nothing but public classes. Those of package-private ones lie beside them. */
@org.jspecify.annotations.NullMarked
package org.autophage.benchmarks;
