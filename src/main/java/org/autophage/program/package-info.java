/** The engine room: graphs assembled in Java, run as one libtorch program. The only place that sees DJL. */
@org.jspecify.annotations.NullMarked
package org.autophage.program;
