/** Tests of what is measured, against closed forms, other implementations and planted answers. */
@org.jspecify.annotations.NullMarked
package org.autophage.theory;
