/** Folders and archives of picture files: reading, cutting, scaling, labels. */
@org.jspecify.annotations.NullMarked
package org.autophage.data.picture;
