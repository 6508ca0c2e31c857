/** Generative models: the interface that loops see, and the families behind it. */
@org.jspecify.annotations.NullMarked
package org.autophage.model;
