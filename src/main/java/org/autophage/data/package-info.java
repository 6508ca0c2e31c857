/** Images and points, training sets, and the datasets they come from. */
@org.jspecify.annotations.NullMarked
package org.autophage.data;
