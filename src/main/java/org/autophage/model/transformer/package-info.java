/** Causal transformers: language models of sequences of tokens. */
@org.jspecify.annotations.NullMarked
package org.autophage.model.transformer;
