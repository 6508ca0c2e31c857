/** MNIST and Fashion-MNIST in IDX files. */
@org.jspecify.annotations.NullMarked
package org.autophage.data.mnist;
