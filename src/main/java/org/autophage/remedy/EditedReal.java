package org.autophage.remedy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Samples;
import org.autophage.loop.Turn;

/** Real samples that a generation's model edits, in place of its draws: fresh ones for each request. */
final class EditedReal implements Correction.Rule {
    private static final long REAL_STREAM = 1L << 40;
    private static final long EDIT_STREAM = 1L << 44;

    /** Chunks of one request; more than any has. */
    private static final int CHUNK_BITS = 24;

    private final Turn turn;
    private final Source source;
    private final Edit edit;
    private final Map<String, ? extends Number> setting;
    private long requests;
    private long consumed;
    private long compared;
    private double sumOfDistances;

    /** Gives the real samples of a request. */
    @FunctionalInterface
    interface Source {
        /** As many as were drawn, by a stream of random numbers. */
        Samples real(Samples drawn, long stream);
    }

    /** What the model does to them. */
    @FunctionalInterface
    interface Edit {
        Samples of(Samples real, Seeds.Stream seeds, Work work);
    }

    /**
     * @param setting what is told besides of how it edits
     */
    EditedReal(Turn turn, Source source, Edit edit, Map<String, ? extends Number> setting) {
        this.turn = turn;
        this.source = source;
        this.edit = edit;
        this.setting = setting;
    }

    @Override
    public Samples of(Samples drawn) {
        long request = requests++;
        Samples real = source.real(drawn, REAL_STREAM + request);
        Seeds.Stream all = turn.stream(Phase.SELECT);
        Samples edited = edit.of(
                real,
                chunk -> all.of(EDIT_STREAM + (request << CHUNK_BITS) + chunk),
                turn.work().within("edit-" + request));
        consumed += real.count();
        for (int replica = 0; replica < real.replicas(); replica++) {
            for (int i = 0; i < real.count(); i++) {
                sumOfDistances += Distance.between(real, edited, replica, i);
            }
        }
        compared += (long) real.replicas() * real.count();
        return edited;
    }

    /** Real samples that were consumed, how they were edited, and the mean of how far that led, in {@link Distance}'s unit. */
    Map<String, Number> told() {
        Map<String, Number> told = new LinkedHashMap<>();
        told.put("realSamples", consumed);
        told.putAll(setting);
        told.put("meanEdit", sumOfDistances / compared);
        return told;
    }
}
