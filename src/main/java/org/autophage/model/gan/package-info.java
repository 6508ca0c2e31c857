/** Generative adversarial networks: a small StyleGAN2 and WGAN-GP, their losses, penalties and augmentations. */
@org.jspecify.annotations.NullMarked
package org.autophage.model.gan;
