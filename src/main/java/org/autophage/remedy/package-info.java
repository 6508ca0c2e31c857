/** What is said to prevent collapse: each remedy is a record of a spec that knows how to do what it says. */
@NullMarked
package org.autophage.remedy;

import org.jspecify.annotations.NullMarked;
