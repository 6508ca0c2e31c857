package org.autophage.benchmarks;

import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.data.BatchOrder;
import org.autophage.data.Images;
import org.autophage.program.Graph;
import org.autophage.program.Pixels;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.Value;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * A batch out of a training set that lies on the device: the order of the images, and their pixels as the network takes
 * them, float32 planes.
 */
public class DatasetGatheringBenchmark extends OnDevice {
    private static final int TRAINING_SET = 10_000;

    @Param({"28", "32", "64"})
    public int size;

    @Param({"64", "128", "256"})
    public int batch;

    private Program program;
    private Scope scope;
    private Tensor pixels;
    private BatchOrder order;
    private long step;

    @Override
    protected void open() {
        Graph graph = new Graph("gather");
        Value all = graph.input("all", Graph.ANY, size, size, 1);
        Value indices = graph.input("indices", Graph.ANY);
        long[] planes = {Graph.ANY, 1, size, size};
        graph.returns(graph.emit(planes, "torch.contiguous", Pixels.planes(all.rows(indices))));
        program = new Program(device, graph);
        Images images = RandomData.images(size, TRAINING_SET);
        scope = device.newScope();
        pixels = images.onDevice(scope);
        Seeds.Stream seeds = new Seeds(0).stream(1, Phase.TRAIN);
        order = new BatchOrder(TRAINING_SET, batch, seeds);
    }

    @Benchmark
    public long[] gather(Worked worked) {
        worked.images += batch;
        try (Scope call = scope.newScope()) {
            Tensor indices = call.longs(order.at(step++), batch);
            return program.run(call, "gather", pixels, indices).get(0).dims();
        }
    }

    @Override
    protected void close() {
        scope.close();
        program.close();
    }
}
