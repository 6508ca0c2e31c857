/** Many runs of one spec: its axes, its cells, and the queue that works through them. */
@org.jspecify.annotations.NullMarked
package org.autophage.sweep;
