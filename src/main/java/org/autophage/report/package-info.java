/** Reports over run folders; knows nothing else. */
@org.jspecify.annotations.NullMarked
package org.autophage.report;
