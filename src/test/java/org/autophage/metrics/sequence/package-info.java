@org.jspecify.annotations.NullMarked
package org.autophage.metrics.sequence;
