/** CIFAR-10 and CIFAR-100 in their binary files. */
@org.jspecify.annotations.NullMarked
package org.autophage.data.cifar;
