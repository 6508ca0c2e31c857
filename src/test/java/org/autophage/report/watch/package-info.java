@org.jspecify.annotations.NullMarked
package org.autophage.report.watch;
