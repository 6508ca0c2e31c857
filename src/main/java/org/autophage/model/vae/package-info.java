/** Variational autoencoders of images. */
@org.jspecify.annotations.NullMarked
package org.autophage.model.vae;
