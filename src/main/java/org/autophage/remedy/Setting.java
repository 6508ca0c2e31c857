package org.autophage.remedy;

import org.autophage.data.SampleShape;
import org.autophage.loop.LoopPlan;
import org.autophage.model.ModelSpec;
import org.jspecify.annotations.Nullable;

/**
 * The experiment that a remedy is part of.
 *
 * @param plan what the loop does
 * @param model which family of models is trained
 * @param shape of the samples; null while the dataset is not open yet
 */
public record Setting(LoopPlan plan, ModelSpec model, @Nullable SampleShape shape) {}
