#!/usr/bin/env python3
"""PyTorch's side of benchmarks/compare.py: measures once for every line on standard input and prints one JSON object each.

A line says how: eager, compile (torch.compile), or reduce-overhead (the same with CUDA graphs). Each is prepared when it
is first named, so that one process, with one CUDA context and one pool of memory, can measure all of them by turns.

    yes eager | head -n 3 | python3 benchmarks/pytorch/worker.py training --size 28 --batch 128
    yes eager | head -n 3 | python3 benchmarks/pytorch/worker.py gan --size 28 --batch 128 --channels 16 --steps 32
    yes eager | head -n 3 | python3 benchmarks/pytorch/worker.py sampling --samples 1000 --sampler ddim --sampler-steps 50 --chunk 1000
    yes eager | head -n 3 | python3 benchmarks/pytorch/worker.py transformer --vocabulary 119 --context 64 --batch 64
    yes eager | head -n 3 | python3 benchmarks/pytorch/worker.py tokens --vocabulary 119 --context 64 --samples 512 --chunk 512
    yes eager | head -n 3 | python3 benchmarks/pytorch/worker.py generation --size 16 --batch 64 --steps 550
"""
import argparse
import json
import os
import statistics
import sys
import time

import torch

import sampling
import stylegan2
import training
import transformer
from unet import UNet

WARM_UP = 3
LOSS_EVERY = 20  # as Autophage's training curve
HOW = {"eager": None, "compile": "default", "reduce-overhead": "reduce-overhead"}  # modes of torch.compile


def training_block(options, network, how):
    state = training.on_random_images(
        options.size, network, options.batch, options.device, precision=options.precision, mode=HOW[how],
        channels_last=options.channels_last)
    return step_block(options, state, LOSS_EVERY)


def gan_block(options, network, how):
    """Steps of both networks, on a GPU so many that the penalty has its share in their mean."""
    if options.device != "cpu" and options.steps % stylegan2.R1_EVERY:
        sys.exit(f"worker.py: --steps must be a multiple of {stylegan2.R1_EVERY}, the steps from one penalty to the next")
    state = stylegan2.on_random_images(
        options.size, options.batch, options.device, precision=options.precision, mode=HOW[how], **network)
    return step_block(options, state, -(-LOSS_EVERY // stylegan2.R1_EVERY) * stylegan2.R1_EVERY)


def step_block(options, state, loss_every):
    """Training steps.

    loss_every: steps from one look at the loss to the next
    """

    def seconds_on_cpu():
        times = []
        for _ in range(options.steps):
            start = time.perf_counter()
            state.step()
            times.append(time.perf_counter() - start)
        return statistics.median(times)

    def seconds_on_gpu():
        """Steps return before the GPU has taken them: it is waited for at both ends and, as a script would, for a loss."""
        torch.cuda.synchronize()
        start = time.perf_counter()
        for step in range(options.steps):
            loss = state.step()
            if (step + 1) % loss_every == 0:
                loss.item()
        torch.cuda.synchronize()
        return (time.perf_counter() - start) / options.steps

    def measure():
        for _ in range(WARM_UP):
            assert torch.isfinite(state.step())
        seconds = seconds_on_cpu() if options.device == "cpu" else seconds_on_gpu()
        return {"millisecondsPerStep": 1000 * seconds, "imagesPerSecond": options.batch / seconds}

    return measure


def sampling_block(options, network, how):
    drawn_by = UNet(**network).to(options.device).eval()
    if HOW[how]:
        drawn_by = torch.compile(drawn_by, mode=HOW[how])
    shape = (network["image_channels"], options.size, options.size)

    def draw(count):
        return sampling.draw_in_chunks(drawn_by, count, shape, options.sampler_steps,
                                       options.sampler, options.chunk, options.precision, options.device)

    def measure():
        draw(min(options.chunk, options.samples))
        start = time.perf_counter()
        draw(options.samples)
        return {"samplesPerSecond": options.samples / (time.perf_counter() - start)}

    return measure


def transformer_block(options, network, how):
    state = transformer.on_random_tokens(
        options.vocabulary, options.context, network, options.batch, options.device, precision=options.precision, mode=HOW[how])
    return step_block(options, state, LOSS_EVERY)


def tokens_block(options, network, how):
    drawn_by = transformer.Transformer(options.vocabulary, options.vocabulary + 1, **network).to(options.device).eval()

    def draw(count):
        for _ in range(-(-count // options.chunk)):
            transformer.draw(drawn_by, options.chunk, options.context, options.vocabulary, not options.no_cache, network["heads"],
                             options.precision).cpu()

    def measure():
        draw(options.chunk)
        start = time.perf_counter()
        draw(options.samples)
        return {"samplesPerSecond": options.samples / (time.perf_counter() - start)}

    return measure


def generation_block(options, network, how):
    import generation  # needs SciPy and scikit-learn, which the other blocks do without

    whole = generation.Generation(
        options.size, options.initial, options.holdout, options.steps, options.batch, options.samples, options.sampler,
        options.sampler_steps, options.chunk, neighbours=5, **network)
    return lambda: {"generation": whole.run()}


def main():
    blocks = {"training": training_block, "gan": gan_block, "sampling": sampling_block, "generation": generation_block,
              "transformer": transformer_block, "tokens": tokens_block}
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("work", choices=blocks)
    arguments.add_argument("--size", type=int, default=28)
    arguments.add_argument("--batch", type=int, default=128)
    arguments.add_argument("--image-channels", type=int, choices=[1, 3], default=1)
    arguments.add_argument("--channels", type=int, default=32)
    arguments.add_argument("--multipliers", type=int, nargs="+", default=[1, 2])
    arguments.add_argument("--blocks", type=int, default=1)
    arguments.add_argument("--patch", type=int, default=2)
    arguments.add_argument("--max-channels", type=int, default=256, help="of a layer of a gan")
    arguments.add_argument("--latent", type=int, default=64, help="dimensions of a gan's latent points")
    arguments.add_argument("--precision", choices=["float32", "bfloat16"], default="float32")
    arguments.add_argument("--channels-last", action="store_true", help="convolutions of training in NHWC")
    arguments.add_argument("--cudnn-benchmark", action="store_true", help="cuDNN tries its algorithms and takes the fastest")
    arguments.add_argument("--device", default="cpu", help="cpu or cuda")
    arguments.add_argument("--threads", type=int, help="threads inside an op (default: PyTorch's)")
    arguments.add_argument("--steps", type=int, default=20, help="training steps: timed ones, or those of a generation")
    arguments.add_argument("--samples", type=int, default=1000)
    arguments.add_argument("--sampler", choices=["heun", "ddim"], default="heun")
    arguments.add_argument("--sampler-steps", type=int, default=18)
    arguments.add_argument("--chunk", type=int, default=125, help="images drawn at a time")
    arguments.add_argument("--initial", type=int, default=2000, help="images of a generation's training set")
    arguments.add_argument("--holdout", type=int, default=5000, help="real images that a generation is compared with")
    arguments.add_argument("--vocabulary", type=int, default=119)
    arguments.add_argument("--context", type=int, default=64, help="tokens of a row, or of a sequence that is drawn")
    arguments.add_argument("--layers", type=int, default=2)
    arguments.add_argument("--width", type=int, default=64)
    arguments.add_argument("--heads", type=int, default=4)
    arguments.add_argument("--no-cache", action="store_true", help="each token is drawn from the whole beginning of its sequence")
    options = arguments.parse_args()

    if options.threads:
        torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    tf32 = os.environ.get("AUTOPHAGE_TF32") == "1"  # as Autophage's launcher reads it: both sides round, or neither
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = tf32
    torch.backends.cudnn.benchmark = options.cudnn_benchmark
    if options.work == "gan":
        network = {"channels": options.channels, "max_channels": options.max_channels, "latent": options.latent}
        modules = stylegan2.networks(options.size, **network)
    elif options.work in ("transformer", "tokens"):
        network = {"layers": options.layers, "width": options.width, "heads": options.heads}
        modules = [transformer.Transformer(options.vocabulary, options.vocabulary + 1, **network)]
    else:
        network = {"image_channels": options.image_channels, "channels": options.channels,
                   "multipliers": options.multipliers, "blocks": options.blocks, "patch": options.patch}
        modules = [UNet(**network)]
    about = {
        "threads": torch.get_num_threads(),
        "parameters": sum(parameter.numel() for module in modules for parameter in module.parameters()),
    }
    layout = " channels_last" if options.channels_last else ""
    prepared = {}
    for line in sys.stdin:
        how = line.strip()
        about["framework"] = f"PyTorch {torch.__version__} {how}{layout}"
        try:
            if how not in prepared:
                prepared[how] = blocks[options.work](options, network, how)
            measured = prepared[how]()
        except RuntimeError as e:  # one way that does not work here leaves the others their turns
            measured = {"failed": f"{type(e).__name__}: {str(e).splitlines()[0]:.120}"}
        if options.device != "cpu":
            torch.cuda.empty_cache()  # what one way has freed is the next one's
        print(json.dumps({**about, **measured}), flush=True)


if __name__ == "__main__":
    main()
