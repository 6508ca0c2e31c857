/** What is known in closed form of self-consuming loops, to check the loops against and to draw beside them. */
@org.jspecify.annotations.NullMarked
package org.autophage.theory;
