#!/usr/bin/env python3
"""What a training step does on a GPU: reads a trace of benchmarks/profile/kernels.c.

    benchmarks/profile/kernels.py /tmp/trace.4711              the last 20 steps; a step ends with its optimizer's kernels
    benchmarks/profile/kernels.py --updates 2 …                of a step that updates two networks
    benchmarks/profile/kernels.py --last 0.5 …                 the last half second, where no optimizer marks the steps
    benchmarks/profile/kernels.py --json profile.json …        the same figures also to a file

Recording makes launches slower. Where the GPU waits for launches, compare with a trace made with KERNELS_CALLS=0, and take
no times of steps from here. Names are demangled by c++filt.

Where CUDA loads no library of CUPTI, Nsight Compute tells the kernels and their times, but no gaps and no calls:

    ncu --metrics gpu__time_duration.sum --csv --clock-control none --launch-skip 5000 --launch-count 2000 COMMAND
"""
import argparse
import bisect
import json
import re
import shutil
import statistics
import subprocess
from collections import defaultdict

ON_GPU = ("kernel", "memcpy", "memset")
GAPS = (1, 2, 5, 10, 20, 50, 100)  # microseconds, ends of the classes of gaps

# The first that matches names the group: a pointwise kernel inside group norm is norm, a transpose of cuDNN's is a transpose.
GROUPS = [(group, re.compile(pattern, re.IGNORECASE)) for group, pattern in (
    ("copy between host and GPU, memset", r"^memcpy|^memset"),
    ("transpose NCHW and NHWC", r"nchwToNhwc|nhwcToNchw|nchw2nhwc|nhwc2nchw|transpose|permute"),
    ("optimizer, multi-tensor", r"adam|multi_tensor|lerp"),
    ("attention", r"fmha|flash|attention|softmax"),
    ("norm", r"group_?norm|RowwiseMoments|ComputeInternalGradients|ComputeFusedParams|GammaBeta|layer_?norm|batch_?norm"
             r"|ComputeBackwardFused|welford|native_group"),
    ("convolution, matrix product", r"cudnn|xmma|cutlass|gemm|gemv|conv|wgrad|dgrad|winograd|nvjet|splitK|triton_tem|cublas"),
    ("reduction", r"reduce|triton_red|triton_per|scan"),
    ("random numbers", r"distribution|philox|random"),
    ("concatenation, copy and cast, fill", r"CatArray|copy|fill"),
    ("gather, scatter, embedding", r"index|gather|scatter|embedding|sort"),
    ("pointwise", r"elementwise|triton_poi|triton_|pixel|upsample"),
)]


def demangled(names):
    """The names by c++filt, or as they are where it is missing."""
    if not shutil.which("c++filt"):
        return names
    lines = subprocess.run(["c++filt"], input="\n".join(names), capture_output=True, text=True, check=True).stdout
    return lines.splitlines()


def shortened(name):
    """A demangled name without namespaces, lambdas and arguments, which are most of its length."""
    name = re.sub(r"\(anonymous namespace\)::|<unnamed>::|\b(?:at|native|std|c10|cuda|detail)::", "", name)
    name = re.sub(r"\{lambda\([^{}]*\)#\d+\}|\(TensorIteratorBase&[^()]*\)|\[clone[^\]]*\]", "", name)
    name = re.sub(r"::(?:operator\(\)\(\)(?: const)?|::)+", "", name).removeprefix("void ")
    name = re.sub(r"(?<=[\w>])\((?:[^()]|\([^()]*\))*\)$", "", name)
    return re.sub(r"\s+", " ", name)


def group_of(name):
    return next((group for group, pattern in GROUPS if pattern.search(name)), "other")


class Trace:
    """Records as (start, end, name) in nanoseconds: on_gpu sorted by start, calls by thread."""

    def __init__(self, path):
        names, on_gpu, calls, self.ended = {}, [], defaultdict(list), None
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                kind, rest = line.rstrip("\n").split(",", 1)
                if kind == "name":
                    number, text = rest.split(",", 1)
                    names[int(number)] = text
                elif kind == "end":
                    self.ended = [int(field) for field in rest.split(",")]
                else:
                    start, end, where, number = map(int, rest.split(","))
                    if kind in ON_GPU:
                        on_gpu.append((start, end, number))
                    else:
                        calls[where].append((start, end, number))
        if not on_gpu:
            raise SystemExit(f"{path}: nothing ran on a GPU")
        text = dict(zip(names, demangled(list(names.values()))))
        self.on_gpu = sorted((start, end, text[number]) for start, end, number in on_gpu)
        self.calls = {thread: sorted((start, end, text[number]) for start, end, number in made)
                      for thread, made in calls.items()}

    def ends_of_steps(self, marker, updates):
        """When the last of a step's marked kernels ended. Those with no other kernel between them are one update."""
        pattern = re.compile(marker, re.IGNORECASE)
        ends, before = [], False
        for _, end, name in self.on_gpu:
            marked = bool(pattern.search(name))
            if marked and before:
                ends[-1] = max(ends[-1], end)
            elif marked:
                ends.append(end)
            before = marked
        return ends[updates - 1::updates]


def union(intervals):
    """Intervals, sorted by start, without overlaps."""
    whole = []
    for start, end in intervals:
        if whole and start <= whole[-1][1]:
            whole[-1][1] = max(whole[-1][1], end)
        else:
            whole.append([start, end])
    return whole


def within(records, start, end):
    """Records, sorted by start, that begin in a window, none longer than it."""
    starts = [record[0] for record in records]
    chosen = records[bisect.bisect_left(starts, start):bisect.bisect_left(starts, end)]
    return [(one, min(other, end), name) for one, other, name in chosen]


def table_of(records, steps, named=lambda name: name):
    """Time, count and mean of records by name, the longest first."""
    times = defaultdict(list)
    for start, end, name in records:
        times[named(name)].append(end - start)
    total = sum(map(sum, times.values()))
    rows = [{"name": name, "microsecondsPerStep": sum(own) / steps / 1000, "share": sum(own) / total,
             "countPerStep": len(own) / steps, "meanMicroseconds": statistics.mean(own) / 1000}
            for name, own in times.items()]
    return sorted(rows, key=lambda row: -row["microsecondsPerStep"])


def classes_of(gaps, steps):
    classes = []
    for low, high in zip((0, *GAPS), (*GAPS, float("inf"))):
        own = [gap for gap in gaps if low <= gap / 1000 < high]
        classes.append({"fromMicroseconds": low, "countPerStep": len(own) / steps,
                        "microsecondsPerStep": sum(own) / steps / 1000})
    return classes


def figures_of(trace, start, end, steps):
    """What happened in a window of so many steps."""
    wall = end - start
    on_gpu = within(trace.on_gpu, start, end)
    kernels = [record for record in on_gpu if not re.match("memcpy|memset", record[2])]
    busy = union((one, other) for one, other, _ in on_gpu)
    edges = [start, *(edge for interval in busy for edge in interval), end]
    gaps = [after - before for before, after in zip(edges[::2], edges[1::2]) if after > before]
    threads = []
    for thread, made in trace.calls.items():
        made = within(made, start, end)
        # A call of the runtime makes one of the driver inside it: both are listed, their time counts once.
        launches = [record for record in made if "Launch" in record[2]]
        if made:
            taken = sum(other - one for one, other in union((one, other) for one, other, _ in launches))
            threads.append({"thread": thread, "launchesPerStep": len(launches) / steps, "launchShareOfWall": taken / wall,
                            "calls": table_of(made, steps)})
    return {
        "steps": steps,
        "microsecondsPerStep": wall / steps / 1000,
        "kernelsPerStep": len(kernels) / steps,
        "copiesPerStep": (len(on_gpu) - len(kernels)) / steps,
        "busyMicrosecondsPerStep": sum(other - one for one, other in busy) / steps / 1000,
        "idleShare": sum(gaps) / wall,
        "gapsPerStep": len(gaps) / steps,
        "medianGapMicroseconds": statistics.median(gaps) / 1000 if gaps else 0,
        "gaps": classes_of(gaps, steps),
        "meanKernelMicroseconds": statistics.mean(other - one for one, other, _ in kernels) / 1000 if kernels else 0,
        "medianKernelMicroseconds": statistics.median(other - one for one, other, _ in kernels) / 1000 if kernels else 0,
        "threads": sorted(threads, key=lambda thread: -thread["launchesPerStep"]),
        "groups": table_of(on_gpu, steps, group_of),
        "kernels": table_of(on_gpu, steps),
    }


def print_table(title, rows, width):
    print(f"\n{title}\n{'µs/step':>10} {'share':>6} {'n/step':>8} {'mean µs':>8}")
    for row in rows:
        print(f"{row['microsecondsPerStep']:10.1f} {row['share']:6.1%} {row['countPerStep']:8.1f} "
              f"{row['meanMicroseconds']:8.2f}  {shortened(row['name'])[:width]}")


def print_figures(figures, top, width):
    print(f"{figures['steps']} steps of {figures['microsecondsPerStep']:.1f} µs: {figures['kernelsPerStep']:.1f} kernels, "
          f"{figures['copiesPerStep']:.1f} copies and memsets a step")
    print(f"busy {figures['busyMicrosecondsPerStep']:.1f} µs a step, idle {figures['idleShare']:.1%}; kernels "
          f"{figures['meanKernelMicroseconds']:.2f} µs on average, median {figures['medianKernelMicroseconds']:.2f} µs")
    print(f"\n{figures['gapsPerStep']:.1f} gaps a step, median {figures['medianGapMicroseconds']:.2f} µs\n"
          f"{'from µs':>10} {'n/step':>8} {'µs/step':>8}")
    for row in figures["gaps"]:
        print(f"{row['fromMicroseconds']:10d} {row['countPerStep']:8.1f} {row['microsecondsPerStep']:8.1f}")
    for thread in figures["threads"]:
        print_table(f"thread {thread['thread']}: {thread['launchesPerStep']:.1f} launches a step, which take "
                    f"{thread['launchShareOfWall']:.1%} of the time", thread["calls"], width)
    print_table("groups", figures["groups"], width)
    print_table(f"the {top} that take longest", figures["kernels"][:top], width)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("trace")
    arguments.add_argument("--steps", type=int, default=20)
    arguments.add_argument("--marker", default="adam", help="a pattern of the kernels that end an update")
    arguments.add_argument("--updates", type=int, default=1, help="updates in a step")
    arguments.add_argument("--last", type=float, help="seconds before the last kernel's end, as one step")
    arguments.add_argument("--top", type=int, default=25)
    arguments.add_argument("--width", type=int, default=120, help="of names")
    arguments.add_argument("--json", help="file for all figures")
    options = arguments.parse_args()

    trace = Trace(options.trace)
    if trace.ended is None:
        print("the process was killed: the last records may be missing")
    elif trace.ended[1]:
        print(f"{trace.ended[1]} records were dropped")
    if options.last:
        end = max(record[1] for record in trace.on_gpu)
        figures = figures_of(trace, end - int(options.last * 1e9), end, 1)
    else:
        ends = trace.ends_of_steps(options.marker, options.updates)
        if len(ends) <= options.steps:
            raise SystemExit(f"only {len(ends)} steps end with kernels like '{options.marker}': try fewer --steps, or --last")
        figures = figures_of(trace, ends[-1 - options.steps], ends[-1], options.steps)
    print_figures(figures, options.top, options.width)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as out:
            json.dump(figures, out, indent=1)


if __name__ == "__main__":
    main()
