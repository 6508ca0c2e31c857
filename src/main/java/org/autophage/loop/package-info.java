/** Self-consuming loops: which data the next generation sees. Knows models, data and metrics by their interfaces only. */
@org.jspecify.annotations.NullMarked
package org.autophage.loop;
