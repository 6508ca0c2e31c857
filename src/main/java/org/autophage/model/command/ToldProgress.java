package org.autophage.model.command;

import org.autophage.base.Progress;
import org.autophage.command.ProgramCall;
import org.autophage.command.ToldStep;
import org.jspecify.annotations.Nullable;

/** Shows how far a program says it is, once it says so. */
final class ToldProgress implements ProgramCall.Attendant, AutoCloseable {
    private final Progress progress;
    private final String doing;
    private Progress.@Nullable Task task;

    ToldProgress(Progress progress, String doing) {
        this.progress = progress;
        this.doing = doing;
    }

    @Override
    public synchronized void told(ToldStep step) {
        if (task == null && step.steps() > 0) {
            task = progress.begin(doing, step.steps(), Progress.STEPS);
        }
        if (task != null) {
            Double loss = step.figures().get("loss");
            task.advanceTo(step.step(), loss == null ? "" : "loss %.4g".formatted(loss));
        }
    }

    @Override
    public synchronized void close() {
        if (task != null) {
            task.close();
        }
    }
}
