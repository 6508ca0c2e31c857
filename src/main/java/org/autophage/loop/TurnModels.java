package org.autophage.loop;

import org.autophage.model.GenerativeModel;

/**
 * The models that a stage may look at: before sampling the one of the generation before, then its own and generation 1's. Whoever
 * asks closes none of them.
 */
public interface TurnModels {
    /** None yet: a turn whose model is still being trained. */
    TurnModels NONE = new TurnModels() {
        @Override
        public GenerativeModel own() {
            throw new IllegalStateException("the generation's model is not trained yet");
        }

        @Override
        public GenerativeModel first() {
            return own();
        }
    };

    /** The generation's model, as it came out of the door between training and sampling. */
    GenerativeModel own();

    /** Generation 1's model, as it came out of that door; the same one in every generation that asks. */
    GenerativeModel first();

    /** The model of the generation before, as it was kept; for stages between training and sampling, from generation 2 on. */
    default GenerativeModel previous() {
        throw new IllegalStateException("only the door between training and sampling knows the model before");
    }
}
