/** Pictures converted once, kept as one file of pixels. */
@org.jspecify.annotations.NullMarked
package org.autophage.data.store;
