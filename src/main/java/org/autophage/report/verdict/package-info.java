/** Whether a loop collapses, and what that is read off. */
@org.jspecify.annotations.NullMarked
package org.autophage.report.verdict;
