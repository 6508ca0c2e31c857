/** What a report reads of run folders, and means with intervals of it. */
@org.jspecify.annotations.NullMarked
package org.autophage.report.records;
