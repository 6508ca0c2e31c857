/** Several runs side by side. */
@org.jspecify.annotations.NullMarked
package org.autophage.report.compare;
