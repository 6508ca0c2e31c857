package org.autophage.model;

import org.autophage.data.BatchOrder;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Which samples of the training set each step takes, on the device. Positions go there for many steps at a time, because
 * whatever is brought to a GPU waits for all that it was given to do before.
 */
final class BatchPositions implements AutoCloseable {
    private final Scope parent;
    private final BatchOrder order;
    private final int batch;
    private final int steps;
    private final int blockSteps;
    private @Nullable Scope scope;
    private @Nullable Tensor block;
    private int blockStart = -1;

    /**
     * @param batch samples a step
     * @param steps in all
     * @param blockSteps steps whose positions are brought at a time
     */
    BatchPositions(Scope parent, BatchOrder order, int batch, int steps, int blockSteps) {
        this.parent = parent;
        this.order = order;
        this.batch = batch;
        this.steps = steps;
        this.blockSteps = blockSteps;
    }

    /** The positions of a step counted from 0: int64 (batch), until a step of another block is asked for. */
    Tensor at(int step) {
        int start = step - step % blockSteps;
        Tensor positions = start == blockStart && block != null ? block : bring(start);
        long first = (long) (step - start) * batch;
        return positions.slice(first, first + batch);
    }

    private Tensor bring(int start) {
        close();
        Scope own = parent.newScope();
        int count = Math.min(blockSteps, steps - start);
        long[] positions = new long[Math.multiplyExact(count, batch)];
        for (int i = 0; i < count; i++) {
            System.arraycopy(order.at(start + i), 0, positions, i * batch, batch);
        }
        Tensor brought = own.longs(positions, positions.length);
        scope = own;
        block = brought;
        blockStart = start;
        return brought;
    }

    @Override
    public void close() {
        if (scope != null) {
            scope.close();
            scope = null;
            block = null;
            blockStart = -1;
        }
    }
}
