#!/usr/bin/env python3
"""Autophage and PyTorch in turn, A B A B …, with the same network, batch, precision and threads: ratios of throughput.

    benchmarks/compare.py                                  all rows, 7 pairs each: about 40 minutes on two cores
    benchmarks/compare.py training-28-128 overhead         some rows
    benchmarks/compare.py --list                           what rows there are
    benchmarks/compare.py --pairs 11 --out pairs.json      more pairs; every single measurement kept in a file
    benchmarks/compare.py --device gpu --kind training     on the GPU; the CPU's rows alone are left out
    benchmarks/compare.py --same-malloc                    PyTorch with the settings of malloc that ./autophage sets

Both processes stay alive for a row and measure by turns, so that neither JVM nor PyTorch is timed while it starts, loads,
compiles or warms up, and both see the same minutes of a shared machine. A pair during which other processes used more
than the cores that the threads leave free, or more than a tenth of one, is told and measured again (on Linux).
OMP_NUM_THREADS sets the threads of both. Needs python3 with torch, the rows of kind generation also with scipy and
scikit-learn.
"""
import argparse
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field

HERE = pathlib.Path(__file__).resolve().parent
SPEC = HERE.parent / "experiments" / "quickstart.yaml"


@dataclass
class Row:
    """One comparison.

    ours: arguments of `./autophage benchmark SPEC`
    theirs: arguments of benchmarks/pytorch/worker.py
    bar, goal: of the ratio; None where there is none
    on_gpu: bar and goal there, where they are others
    threads: where it is not OMP_NUM_THREADS
    """

    title: str
    kind: str
    ours: list
    theirs: list
    bar: float | None = None
    goal: float | None = None
    on_gpu: tuple | None = None
    threads: int | None = None
    devices: tuple = field(default=("cpu", "gpu"))


# Bar and goal on a GPU; sampling with another solver than PyTorch's has the same on both.
EAGER_ON_GPU, COMPILED_ON_GPU = (1.1, 1.5), (0.8, 1.1)


def training(size, batch, bar, goal, *theirs, precision="float32", steps=20, **more):
    ours = ["--of", "training", "--random-images", f"{size}x{size}x1", "--steps", str(steps),
            f"model.batch={batch}", f"model.precision={precision}"]
    against = "torch.compile" if "--compile" in theirs else "eager autocast" if precision == "bfloat16" else "eager"
    return Row(
        f"training step, {size}×{size}, batch {batch}, {precision} · {against}", "training", ours,
        ["training", "--size", str(size), "--batch", str(batch), "--precision", precision, "--steps", str(steps), *theirs],
        bar, goal, on_gpu=COMPILED_ON_GPU if "--compile" in theirs else EAGER_ON_GPU, **more)


def sampling(title, bar, goal, ours, theirs, **more):
    ours = ["--of", "sampling", "--random-images", "28x28x1", "--samples", "1000", *ours]
    return Row(title, "sampling", ours, ["sampling", "--size", "28", "--samples", "1000", *theirs], bar, goal, **more)


def generation(title, bar, goal, ours, theirs):
    """A generation of experiments/quickstart.yaml as it stands, or with another sampler."""
    return Row(title, "generation", ["--of", "generation", *ours],
               ["generation", "--size", "16", "--batch", "64", "--steps", "550", "--initial", "2000", "--holdout", "5000",
                "--samples", "2000", *theirs], bar, goal, devices=("cpu",))


HEUN = ["--sampler", "heun", "--sampler-steps", "18", "--chunk", "125"]
OUR_HEUN = ["sampling.sampler=heun", "sampling.steps=18", "sampling.chunk=125"]
DDIM = ["--sampler", "ddim", "--sampler-steps", "50", "--chunk", "1000"]

ROWS = {
    **{f"training-{size}-{batch}": training(size, batch, 1.0, 1.15) for size in (28, 32) for batch in (64, 128, 256)},
    **{f"training-{size}-{batch}-bfloat16": training(size, batch, 1.0, 1.2, precision="bfloat16")
       for size, batch in ((28, 128), (32, 128))},
    **{f"training-{size}-{batch}-compile": training(size, batch, 0.95, 1.05, "--compile")
       for size, batch in ((28, 64), (28, 128), (32, 128))},
    "training-28-128-bfloat16-compile": training(28, 128, 0.95, 1.05, "--compile", precision="bfloat16"),
    "overhead": Row(
        "overhead alone: training step, 4×4, batch 1, one thread · eager, fused Adam", "training",
        ["--of", "training", "--random-images", "4x4x1", "--steps", "200", "model.batch=1", "model.patch=1"],
        ["training", "--size", "4", "--batch", "1", "--patch", "1", "--steps", "200"], 1.25, 1.6, threads=1,
        devices=("cpu",)),
    "sampling-equal": sampling("sampling 1,000, 28×28, Heun 18, chunks of 125 · an equal eager loop", 1.0, 1.2,
                               OUR_HEUN, HEUN, on_gpu=EAGER_ON_GPU),
    "sampling-equal-compile": sampling("the same · torch.compile", None, None, OUR_HEUN, [*HEUN, "--compile"],
                                       on_gpu=COMPILED_ON_GPU, devices=("gpu",)),
    "sampling-default": sampling("sampling 1,000, 28×28, our default · eager DDIM-50, one batch of 1,000", 3.0, 6.0,
                                 [], DDIM),
    "generation": generation("a generation of quickstart.yaml · PyTorch, DDIM-50, SciPy, PRDC", 1.5, 3.0, [], DDIM),
    "generation-equal-sampler": generation(
        "the same with Heun 10 in chunks of 125 · the same in PyTorch", None, None,
        ["sampling.sampler=heun", "sampling.steps=10"],
        ["--sampler", "heun", "--sampler-steps", "10", "--chunk", "125"]),
}


class Side:
    """A process that measures once for every line that it is sent."""

    def __init__(self, command, environment):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)

    def measure(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"compare.py: {self.process.args[0]} ended without a measurement; its messages are above")
        return json.loads(line)

    def used(self):
        """Seconds of CPU so far."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def throughput(measured):
    if "generation" in measured:
        return 1 / measured["generation"]["seconds"]
    return measured.get("imagesPerSecond") or measured["samplesPerSecond"]


def told(measured):
    if "generation" in measured:
        parts = measured["generation"]
        return "%.1f s (training %.1f, sampling %.1f, metrics %.1f)" % tuple(
            parts[name] for name in ("seconds", "trainSeconds", "sampleSeconds", "metricSeconds"))
    if "millisecondsPerStep" in measured:
        return f"{measured['millisecondsPerStep']:.2f} ms/step"
    return f"{measured['samplesPerSecond']:.1f} images/s"


class Neighbours:
    """What other processes, and other virtual machines, use of the CPU while two sides are measured."""

    def __init__(self, threads, *sides):
        self.sides, self.known = sides, pathlib.Path("/proc/stat").exists()
        self.most = max(0.1, os.cpu_count() - threads)
        self.start()

    def start(self):
        self.began, self.before = time.monotonic(), self.known and self.of_others()

    def of_others(self):
        user, nice, system, _, _, interrupts, soft, stolen, *_ = map(
            int, pathlib.Path("/proc/stat").read_text().split("\n")[0].split()[1:])
        all_used = (user + nice + system + interrupts + soft + stolen) / os.sysconf("SC_CLK_TCK")
        return all_used - sum(side.used() for side in self.sides)

    def cores(self):
        """Cores that they used since the start, on average."""
        return (self.of_others() - self.before) / (time.monotonic() - self.began) if self.known else 0.0

    def wait(self):
        """Until they are quiet for a second."""
        while True:
            self.start()
            time.sleep(1)
            if self.cores() <= self.most:
                return self.start()


LAUNCHER = str(HERE.parent / "autophage")

# A command's beginning: what follows runs with the settings of malloc that the launcher exports.
WITH_MALLOC = ["sh", "-c", 'eval "$(grep -E "^export (MALLOC|GLIBC)_" "$0")"; exec "$@"', LAUNCHER]


def compare(row, pairs, device, same_malloc):
    """Pairs of measurements of both sides, after one each that does not count."""
    environment = dict(os.environ)
    if row.threads:
        environment["OMP_NUM_THREADS"] = str(row.threads)
    command = [LAUNCHER, "benchmark", str(SPEC), *row.ours, f"device={device}", "--paced", "--json"]
    ours = Side(command, environment)
    theirs = Side([*(WITH_MALLOC if same_malloc else []), sys.executable, str(HERE / "pytorch" / "worker.py"),
                   *row.theirs, "--device", "cuda" if device == "gpu" else device], environment)
    measured = []
    try:
        threads = ours.measure()["threads"]
        theirs.measure()
        neighbours = Neighbours(threads, ours, theirs)
        while len(measured) < pairs:
            neighbours.wait()
            both = ours.measure(), theirs.measure()
            disturbed = neighbours.cores()
            if disturbed > neighbours.most:
                print(f"  measured again: other processes used {disturbed:.1f} cores", flush=True)
                continue
            measured.append(both)
            ratio = throughput(both[0]) / throughput(both[1])
            print(f"  {told(both[0]):>12}   {told(both[1]):>12}   {ratio:.3f}", flush=True)
    finally:
        ours.close()
        theirs.close()
    return measured


def spread(measured):
    """Median, least and largest ratio."""
    ratios = [throughput(ours) / throughput(theirs) for ours, theirs in measured]
    return statistics.median(ratios), min(ratios), max(ratios)


def processor():
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("rows", nargs="*", metavar="ROW")
    arguments.add_argument("--kind", choices=["training", "sampling", "generation"], help="all rows of a kind")
    arguments.add_argument("--pairs", type=int, default=7)
    arguments.add_argument("--device", choices=["cpu", "gpu"], default="cpu")
    arguments.add_argument("--out", type=pathlib.Path, help="file for every single measurement, JSON")
    arguments.add_argument("--same-malloc", action="store_true", help="PyTorch with ./autophage's settings of malloc")
    arguments.add_argument("--list", action="store_true", help="lists the rows")
    options = arguments.parse_args()
    if options.list:
        print("\n".join(f"{name:28} {row.title}" for name, row in ROWS.items()))
        return
    for name in options.rows:
        if name not in ROWS:
            sys.exit(f"compare.py: no row {name}: --list names them")
    chosen = {name: row for name, row in ROWS.items()
              if (name in options.rows if options.rows else options.kind in (None, row.kind))
              and options.device in row.devices}
    subprocess.run([LAUNCHER, "version"], check=True)  # builds where that is needed
    print(f"{processor()}, {os.cpu_count()} CPUs")

    results, lines = {}, []
    for name, row in chosen.items():
        print(f"{name}: {row.title}", flush=True)
        results[name] = compare(row, options.pairs, options.device, options.same_malloc)
        median, least, largest = spread(results[name])
        ours, theirs = results[name][-1]
        least_asked, goal = row.on_gpu if options.device == "gpu" and row.on_gpu else (row.bar, row.goal)
        bar = "" if least_asked is None else f"bar {least_asked}, goal {goal}"
        print(f"  {ours['framework']} · {theirs['framework']}, {ours['threads']} and {theirs['threads']} threads: "
              f"median {median:.3f} of {len(results[name])} pairs ({least:.3f} to {largest:.3f}) {bar}", flush=True)
        middle = [sorted((side[i] for side in results[name]), key=throughput)[len(results[name]) // 2] for i in (0, 1)]
        lines.append(f"| {row.title} | {told(middle[0])} | {told(middle[1])} | **{median:.2f}** ({least:.2f} to {largest:.2f}) | {bar} |")
        if options.out:
            options.out.write_text(json.dumps(results, indent=1))
    print("\n| work · against | Autophage | PyTorch | ratio, median (spread) | |\n|---|---|---|---|---|")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
