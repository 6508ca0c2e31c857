/** The experiment specification, and its execution. */
@org.jspecify.annotations.NullMarked
package org.autophage.experiment;
