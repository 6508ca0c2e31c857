/** Diffusion models: a U-Net, two parameterizations, and samplers that serve both. */
@org.jspecify.annotations.NullMarked
package org.autophage.model.diffusion;
