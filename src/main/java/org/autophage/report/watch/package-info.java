/** A page on 127.0.0.1 that shows running and finished runs live. Reads run folders, changes nothing in them. */
@org.jspecify.annotations.NullMarked
package org.autophage.report.watch;
