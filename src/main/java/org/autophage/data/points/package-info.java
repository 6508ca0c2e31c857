/** Points of laws that are known. */
@org.jspecify.annotations.NullMarked
package org.autophage.data.points;
