/** Programs of others: how they are asked, watched and ended, and what of theirs counts. */
@org.jspecify.annotations.NullMarked
package org.autophage.command;
