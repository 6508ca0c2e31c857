/** Tests. */
@org.jspecify.annotations.NullMarked
package org.autophage.loop;
