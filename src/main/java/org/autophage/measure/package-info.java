/** What can be measured of samples and how it is written down: one vocabulary for records, evaluations, sinks and reports. */
@org.jspecify.annotations.NullMarked
package org.autophage.measure;
