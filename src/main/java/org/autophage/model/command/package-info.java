/** Models of one's own: programs in any language that train and sample. */
@org.jspecify.annotations.NullMarked
package org.autophage.model.command;
