/** Cells of a sweep as tasks of Apache Spark. Not in the ordinary jar: {@code mvn -Pspark package} makes one of its own. */
@NullMarked
package org.autophage.spark;

import org.jspecify.annotations.NullMarked;
