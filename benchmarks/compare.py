#!/usr/bin/env python3
"""Autophage and PyTorch in turn, A B A B …, with the same network, batch, precision and threads: ratios of throughput.

    benchmarks/compare.py                                  all rows, 7 pairs each: about 40 minutes on two cores
    benchmarks/compare.py training-28-128 overhead         some rows
    benchmarks/compare.py --list                           what rows there are
    benchmarks/compare.py --pairs 11 --out pairs.json      more pairs; every single measurement kept in a file
    benchmarks/compare.py --device gpu                     the rows of a GPU: the networks of the specs for one, and more ways
    benchmarks/compare.py --same-malloc                    PyTorch with the settings of malloc that ./autophage sets

All processes of a row, or of rows that name one group, stay alive and measure by turns, so that neither JVM nor PyTorch is
timed while it starts, loads, compiles or warms up, and all see the same minutes of a shared machine. A round during which
other processes used more than the cores that the threads leave free, or more than a tenth of one, is told and measured
again (on Linux). OMP_NUM_THREADS sets the threads of both. Needs python3 with torch, the rows of kind generation also with
scipy and scikit-learn.
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
from dataclasses import dataclass, replace

HERE = pathlib.Path(__file__).resolve().parent
SPEC = HERE.parent / "experiments" / "quickstart.yaml"
TOKENS = HERE.parent / "experiments" / "sequences" / "grammar-transformer.yaml"


@dataclass(frozen=True)
class Row:
    """One comparison.

    ours: arguments of `./autophage benchmark`, without the spec
    theirs: arguments of benchmarks/pytorch/worker.py
    how: eager, compile or reduce-overhead
    bar, goal: of the ratio; None where there is none
    spec: of `./autophage benchmark`
    threads: where it is not OMP_NUM_THREADS
    tf32: whether a GPU rounds float32 products on both sides
    group: of rows that are measured together, round by round; None for a row of its own
    """

    title: str
    kind: str
    ours: tuple
    theirs: tuple
    how: str = "eager"
    bar: float | None = None
    goal: float | None = None
    spec: pathlib.Path = SPEC
    threads: int | None = None
    tf32: bool = False
    group: str | None = None


AGAINST = {"eager": "eager", "compile": "torch.compile", "reduce-overhead": "torch.compile, reduce-overhead"}


def training(size, batch, bar, goal, how="eager", precision="float32", steps=20, network=(), channels=1, named="", **more):
    """network: keys and values of both sides, such as ("channels", 64); named: what it is called."""
    ours = ("--of", "training", "--random-images", f"{size}x{size}x{channels}", "--steps", str(steps),
            f"model.batch={batch}", f"model.precision={precision}", *ours_of(network))
    theirs = ("training", "--size", str(size), "--image-channels", str(channels), "--batch", str(batch),
              "--precision", precision, "--steps", str(steps), *theirs_of(network))
    rounding = "TF32" if more.get("tf32") else precision
    against = AGAINST[how] + (" autocast" if (how, precision) == ("eager", "bfloat16") else "")
    return Row(f"training step, {named}{size}×{size}, batch {batch}, {rounding} · {against}", "training", ours, theirs, how,
               bar, goal, **more)


def ours_of(network):
    return tuple(f"model.{key}={list(value) if isinstance(value, tuple) else value}" for key, value in network)


def theirs_of(network):
    return tuple(word for key, value in network
                 for word in (f"--{key}", *map(str, value if isinstance(value, tuple) else (value,))))


def sampling(title, bar, goal, ours, theirs, how="eager", count=1000, network=(), **more):
    ours = ("--of", "sampling", "--random-images", "28x28x1", "--samples", str(count), *ours_of(network), *ours)
    theirs = ("sampling", "--size", "28", "--samples", str(count), *theirs_of(network), *theirs)
    return Row(title, "sampling", ours, theirs, how, bar, goal, **more)


def generation(title, bar, goal, ours, theirs):
    """A generation of experiments/quickstart.yaml as it stands, or with another sampler."""
    return Row(title, "generation", ("--of", "generation", *ours),
               ("generation", "--size", "16", "--batch", "64", "--steps", "550", "--initial", "2000", "--holdout", "5000",
                "--samples", "2000", *theirs), "eager", bar, goal)


def heun(chunk):
    """Heun's method with 18 steps, ours and theirs."""
    return (("sampling.sampler=heun", "sampling.steps=18", f"sampling.chunk={chunk}"),
            ("--sampler", "heun", "--sampler-steps", "18", "--chunk", str(chunk)))


def transformer(batch, bar, goal, how="eager", precision="float32", steps=40, network=(), named="", **more):
    """network: keys and values of both sides, layers, width and heads; rows have 64 of 119 tokens."""
    ours = ("--of", "training", "--random-tokens", "119x64", "--steps", str(steps), f"model.batch={batch}",
            f"model.precision={precision}", *ours_of(network))
    theirs = ("transformer", "--vocabulary", "119", "--context", "64", "--batch", str(batch), "--precision", precision,
              "--steps", str(steps), *theirs_of(network))
    against = AGAINST[how] + (" autocast" if (how, precision) == ("eager", "bfloat16") else "")
    rounding = "TF32" if more.get("tf32") else precision
    return Row(f"transformer's step, {named}{batch} rows of 64 tokens, {rounding} · {against}", "training", ours, theirs, how, bar,
               goal, spec=TOKENS, **more)


def tokens(bar, goal, cached, how="eager", **more):
    """Sequences of 64 tokens, none of which ends one: 64 times as many tokens as sequences a second."""
    ours = ("--of", "sampling", "--random-tokens", "119x64", "--samples", "512", "sampling.chunk=512")
    theirs = ("tokens", "--vocabulary", "119", "--context", "64", "--samples", "512", "--chunk", "512",
              *(() if cached else ("--no-cache",)))
    return Row(f"512 sequences of 64 tokens · an eager loop with {'a' if cached else 'no'} key-value cache", "sampling", ours, theirs,
               how, bar, goal, spec=TOKENS, **more)


DDIM = ("--sampler", "ddim", "--sampler-steps", "50", "--chunk", "1000")

CPU_ROWS = {
    **{f"training-{size}-{batch}": training(size, batch, 1.0, 1.15) for size in (28, 32) for batch in (64, 128, 256)},
    **{f"training-{size}-{batch}-bfloat16": training(size, batch, 1.0, 1.2, precision="bfloat16")
       for size, batch in ((28, 128), (32, 128))},
    **{f"training-{size}-{batch}-compile": training(size, batch, 0.95, 1.05, "compile")
       for size, batch in ((28, 64), (28, 128), (32, 128))},
    "training-28-128-bfloat16-compile": training(28, 128, 0.95, 1.05, "compile", precision="bfloat16"),
    "overhead": replace(
        training(4, 1, 1.25, 1.6, steps=200, network=(("patch", 1),), threads=1),
        title="overhead alone: training step, 4×4, batch 1, one thread · eager, fused Adam"),
    "sampling-equal": sampling("sampling 1,000, 28×28, Heun 18, chunks of 125 · an equal eager loop", 1.0, 1.2, *heun(125)),
    "sampling-default": sampling("sampling 1,000, 28×28, our default · eager DDIM-50, one batch of 1,000", 3.0, 6.0,
                                 (), DDIM),
    "generation": generation("a generation of quickstart.yaml · PyTorch, DDIM-50, SciPy, PRDC", 1.5, 3.0, (), DDIM),
    "generation-equal-sampler": generation(
        "the same with Heun 10 in chunks of 125 · the same in PyTorch", None, None,
        ("sampling.sampler=heun", "sampling.steps=10"),
        ("--sampler", "heun", "--sampler-steps", "10", "--chunk", "125")),
    "transformer": transformer(64, 1.0, 1.15),
    "transformer-compile": transformer(64, 1.0, 1.15, "compile"),
    "transformer-bfloat16": transformer(64, 1.0, 1.15, precision="bfloat16"),
    "tokens": tokens(1.0, 1.15, cached=True),
    "tokens-no-cache": tokens(None, None, cached=False),
}

# ---- on a GPU

BARS_ON_GPU = {"eager": (1.1, 1.5), "compile": (0.8, 1.1), "reduce-overhead": (0.8, 1.1)}
SMALL = (("channels", 32), ("multipliers", (1, 2)), ("blocks", 1), ("patch", 2))  # quickstart's
MNIST = (("channels", 64), ("multipliers", (1, 2, 2)), ("blocks", 2), ("patch", 1))  # mnist-fully-synthetic's
COLOUR = (("channels", 64), ("multipliers", (1, 2, 2)), ("blocks", 2), ("patch", 2))
ROUNDING = {"float32": {}, "tf32": {"tf32": True}, "bfloat16": {"precision": "bfloat16"}}


def on_gpu(name, row, ways=tuple(BARS_ON_GPU), **of_row):
    """A row against each of PyTorch's ways, all in one group."""
    return {f"{name}-{how}": row(*BARS_ON_GPU[how], how=how, **of_row) for how in ways}


def training_on_gpu(name, size, channels, network, batches, roundings):
    """Rows of small batches are one group; of large ones each network and rounding is, for they fill a card's memory."""
    rows = {}
    for batch in batches:
        for rounding in roundings:
            group = f"training-{batch}" if batch < 512 else f"training-{name}-{batch}-{rounding}"
            rows |= on_gpu(f"training-{name}-{batch}-{rounding}",
                           lambda bar, goal, **more: training(size, batch, bar, goal, **more),
                           network=network, channels=channels, named=f"{name} ", steps=20 if batch < 512 else 8,
                           group=group, **ROUNDING[rounding])
    return rows


def sampling_on_gpu(rounding):
    ours, theirs = heun(500)
    precision = ROUNDING[rounding].get("precision", "float32")
    return on_gpu(
        f"sampling-{rounding}",
        lambda bar, goal, how: sampling(
            f"sampling 500, mnist 28×28, Heun 18, {rounding} · an equal loop, {AGAINST[how]}", bar, goal,
            (*ours, f"model.precision={precision}"), (*theirs, "--precision", precision), how, 500, MNIST,
            tf32=ROUNDING[rounding].get("tf32", False), group="sampling"))


def stylegan2_on_gpu(rounding):
    """Of ours 8 in 124 timed steps have the penalty, the last of all among them; of theirs 8 in 128."""
    precision = ROUNDING[rounding].get("precision", "float32")
    return on_gpu(f"stylegan2-{rounding}", lambda bar, goal, how: Row(
        f"StyleGAN2 step, 28×28, batch 128, {rounding} · {AGAINST[how]}", "training",
        ("--of", "training", "--random-images", "28x28x1", "--steps", "124", "model.batch=128",
         f"model.precision={precision}"),
        ("gan", "--size", "28", "--batch", "128", "--channels", "16", "--precision", precision, "--steps", "128"),
        how, bar, goal, spec=SPEC.with_name("mnist-gan.yaml"), group="stylegan2"), ways=("eager", "compile"))


def transformers_on_gpu(rounding):
    return on_gpu(f"transformer-{rounding}", lambda bar, goal, **more: transformer(512, bar, goal, **more),
                  network=(("layers", 4), ("width", 256), ("heads", 8)), named="4 layers of width 256, ", group=f"transformer-{rounding}",
                  **ROUNDING[rounding])


GPU_ROWS = {
    **training_on_gpu("small", 28, 1, SMALL, (128,), ("float32", "bfloat16")),
    **training_on_gpu("mnist", 28, 1, MNIST, (128, 512), ROUNDING),
    **training_on_gpu("colour", 64, 3, COLOUR, (128, 512), ROUNDING),
    **sampling_on_gpu("float32"),
    **sampling_on_gpu("bfloat16"),
    **stylegan2_on_gpu("float32"),
    **transformers_on_gpu("float32"),
    **transformers_on_gpu("bfloat16"),
}
ROWS = {"cpu": CPU_ROWS, "gpu": GPU_ROWS}


class Side:
    """A process that measures once for every line that it is sent."""

    def __init__(self, command, environment):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)

    def ask(self, how):
        self.process.stdin.write(how + "\n")
        self.process.stdin.flush()

    def answer(self):
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
    return f"{measured['samplesPerSecond']:.1f} samples/s"


class Neighbours:
    """What other processes, and other virtual machines, use of the CPU while sides are measured."""

    def __init__(self, threads, sides):
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


class Together:
    """Rows that are measured together: every process that they need once, and rounds in which each measures in its turn."""

    def __init__(self, rows, device, same_malloc, cudnn_benchmark):
        self.rows, self.device, self.cudnn_benchmark = rows, device, cudnn_benchmark
        self.before_theirs = WITH_MALLOC if same_malloc else []
        self.sides = {}
        for row in rows.values():
            for command in (self.ours(row), self.theirs(row)):
                if command not in self.sides:
                    self.sides[command] = Side(command[2:], self.environment(row))
        # who measures in a round, in turn; a process of PyTorch's once for each of its ways
        self.turns = list(dict.fromkeys(
            turn for row in rows.values() for turn in ((self.ours(row), ""), (self.theirs(row), row.how))))

    def ours(self, row):
        return (row.threads, row.tf32, LAUNCHER, "benchmark", str(row.spec), *row.ours, f"device={self.device}", "--paced",
                "--json")

    def theirs(self, row):
        return (row.threads, row.tf32, *self.before_theirs, sys.executable, str(HERE / "pytorch" / "worker.py"),
                *row.theirs, "--device", "cuda" if self.device == "gpu" else self.device,
                *(["--cudnn-benchmark"] if self.cudnn_benchmark else []))

    def environment(self, row):
        environment = {**os.environ, "AUTOPHAGE_TF32": "1" if row.tf32 else "0"}
        if self.cudnn_benchmark:
            options = environment.get("AUTOPHAGE_JAVA_OPTS", "")
            environment["AUTOPHAGE_JAVA_OPTS"] = f"{options} -Dai.djl.pytorch.cudnn_benchmark=true"
        if row.threads:
            environment["OMP_NUM_THREADS"] = str(row.threads)
        return environment

    def measure(self, rounds):
        """By row, pairs of measurements of both sides, after one each that does not count."""
        warm = self.warm_up()
        neighbours = Neighbours(max(measured["threads"] for measured in warm.values()), self.sides.values())
        measured = {name: [] for name in self.rows}
        while len(measured[next(iter(self.rows))]) < rounds:
            if self.device == "cpu":
                neighbours.wait()
            by_turn = {turn: self.measure_once(turn) for turn in self.turns}
            disturbed = neighbours.cores() if self.device == "cpu" else 0
            if disturbed > neighbours.most:
                print(f"  measured again: other processes used {disturbed:.1f} cores", flush=True)
                continue
            for name, row in self.rows.items():
                both = by_turn[self.ours(row), ""], by_turn[self.theirs(row), row.how]
                measured[name].append(both)
                if "failed" in both[1]:
                    print(f"  {both[1]['failed']}   {name}", flush=True)
                    continue
                print(f"  {told(both[0]):>12}   {told(both[1]):>12}   {throughput(both[0]) / throughput(both[1]):.3f}"
                      + (f"   {name}" if len(self.rows) > 1 else ""), flush=True)
        return measured

    def warm_up(self):
        """All processes at once, each its ways one after the other: they start, load and compile side by side."""
        left = {command: [turn for turn in self.turns if turn[0] == command] for command in self.sides}
        warm = {}
        while left:
            asked = [turns.pop(0) for turns in left.values()]
            for command, how in asked:
                self.sides[command].ask(how)
            for command, how in asked:
                warm[command, how] = self.sides[command].answer()
            left = {command: turns for command, turns in left.items() if turns}
        return warm

    def measure_once(self, turn):
        side = self.sides[turn[0]]
        side.ask(turn[1])
        return side.answer()

    def close(self):
        for side in self.sides.values():
            side.close()


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


def groups_of(rows):
    """Rows by group, in their order; a row without one is its own."""
    groups = {}
    for name, row in rows.items():
        groups.setdefault(row.group or name, {})[name] = row
    return groups


def tiny(row):
    """The same row in sizes of which a CPU makes light."""
    small = {"--batch": "2", "--steps": "1", "--samples": "4", "--sampler-steps": "3", "--chunk": "4"}
    ours_small = {"model.batch": "2", "sampling.steps": "3", "sampling.chunk": "4"}

    def shrunk(words):
        return tuple(small.get(before, word) for before, word in zip(("", *words), words))

    ours = tuple(f"{key}={ours_small.get(key, value)}" if equals else key
                 for key, equals, value in (word.partition("=") for word in shrunk(row.ours)))
    return replace(row, ours=ours, theirs=shrunk(row.theirs))


def tell(row, measured):
    """What a row showed, and its line of the table."""
    failed = next((theirs["failed"] for _, theirs in measured if "failed" in theirs), None)
    if failed:
        return f"| {row.title} | {told(measured[0][0])} | {failed} | | |"
    median, least, largest = spread(measured)
    ours, theirs = measured[-1]
    bar = "" if row.bar is None else f"bar {row.bar}, goal {row.goal}"
    print(f"  {row.title}\n  {ours['framework']} · {theirs['framework']}, {ours['threads']} and {theirs['threads']} threads: "
          f"median {median:.3f} of {len(measured)} pairs ({least:.3f} to {largest:.3f}) {bar}", flush=True)
    middle = [sorted((side[i] for side in measured), key=throughput)[len(measured) // 2] for i in (0, 1)]
    return f"| {row.title} | {told(middle[0])} | {told(middle[1])} | **{median:.2f}** ({least:.2f} to {largest:.2f}) | {bar} |"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("rows", nargs="*", metavar="ROW")
    arguments.add_argument("--kind", choices=["training", "sampling", "generation"], help="all rows of a kind")
    arguments.add_argument("--pairs", type=int, default=7)
    arguments.add_argument("--device", choices=["cpu", "gpu"], default="cpu")
    arguments.add_argument("--out", type=pathlib.Path, help="file for every single measurement, JSON")
    arguments.add_argument("--cudnn-benchmark", action="store_true", help="both sides let cuDNN choose by trying")
    arguments.add_argument("--stand-in", action="store_true", help="the rows of a GPU on a CPU, tiny: do they all work?")
    arguments.add_argument("--same-malloc", action="store_true", help="PyTorch with ./autophage's settings of malloc")
    arguments.add_argument("--list", action="store_true", help="lists the rows")
    options = arguments.parse_args()
    rows = ROWS[options.device]
    if options.list:
        print("\n".join(f"{name:38} {row.title}" for name, row in rows.items()))
        return
    for name in options.rows:
        if name not in rows:
            sys.exit(f"compare.py: no row {name}: --list names them")
    chosen = {name: row for name, row in rows.items()
              if (name in options.rows if options.rows else options.kind in (None, row.kind))}
    if options.stand_in:
        chosen = {name: tiny(row) for name, row in chosen.items()}
    subprocess.run([LAUNCHER, "version"], check=True)  # builds where that is needed
    print(f"{processor()}, {os.cpu_count()} CPUs")

    results, lines = {}, []
    for group, together in groups_of(chosen).items():
        print(f"{group}: {', '.join(row.title for row in together.values())}", flush=True)
        sides = Together(together, "cpu" if options.stand_in else options.device, options.same_malloc,
                         options.cudnn_benchmark)
        try:
            results |= sides.measure(options.pairs)
        finally:
            sides.close()
        lines += [tell(row, results[name]) for name, row in together.items()]
        if options.out:
            options.out.write_text(json.dumps(results, indent=1))
    print("\n| work · against | Autophage | PyTorch | ratio, median (spread) | |\n|---|---|---|---|---|")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
