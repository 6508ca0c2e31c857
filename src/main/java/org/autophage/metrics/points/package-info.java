/** What is measured of points whose law is known. */
@org.jspecify.annotations.NullMarked
package org.autophage.metrics.points;
