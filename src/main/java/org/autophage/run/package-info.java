/** Run folders: layout, lock, checkpoints, resume, provenance. Plain files, always whole. */
@org.jspecify.annotations.NullMarked
package org.autophage.run;
