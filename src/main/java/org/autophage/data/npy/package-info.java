/** Arrays as NumPy writes them, alone or in zip files. */
@org.jspecify.annotations.NullMarked
package org.autophage.data.npy;
