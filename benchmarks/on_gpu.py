#!/usr/bin/env python3
"""All that is measured on a GPU, one step after the other, the most important first; a second call goes on where one ended.

    benchmarks/on_gpu.py OUT                          everything: half an hour on an H100
    benchmarks/on_gpu.py OUT doctor quickstart        some steps
    benchmarks/on_gpu.py OUT --minutes 9              no step is begun that would not end in time
    benchmarks/on_gpu.py OUT --stand-in               the same on a CPU in tiny sizes: does it all work?
    benchmarks/on_gpu.py OUT --tests "COMMAND"        what runs the tests tagged gpu, instead of mvn -Pgpu test

Each step leaves what it printed in OUT/STEP.txt, its figures in OUT/STEP.json, and how long it took in OUT/steps.json; one
that failed is told, kept and not tried again until its lines are taken out of there. Needs python3 with torch, NumPy, and
for the profile a C compiler and CUPTI. The protocol's images are MNIST's: AUTOPHAGE_DATASETS/mnist or datasets/mnist.
"""
import argparse
import glob
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

import compare

HERE = pathlib.Path(__file__).resolve().parent
EXPERIMENTS = HERE.parent / "experiments"
PYTHON = sys.executable

# Specs that say "one GPU" and have a network of their own: the shape of their images, and precisions to measure. A sampler of
# 500 steps draws 250 images at a time here.
DDPM = ["sampling.chunk=250"]
SPECS = [
    ("mnist-fully-synthetic", "28x28x1", "float32", DDPM), ("mnist-fully-synthetic", "28x28x1", "bfloat16", DDPM),
    ("mnist-gan", "28x28x1", "float32", []), ("mnist-wgan-gp", "28x28x1", "float32", []),
    ("cifar10-fully-synthetic", "32x32x3", "float32", []), ("cifar10-fully-synthetic", "32x32x3", "bfloat16", []),
    ("ffhq-64-fresh-data", "64x64x3", "float32", []), ("ffhq-64-fresh-data", "64x64x3", "bfloat16", []),
]


class Visit:
    """A folder of results, and what is left of the time."""

    def __init__(self, out, minutes, stand_in, tests):
        self.out, self.stand_in, self.tests = out, stand_in, tests
        self.ends = time.monotonic() + 60 * minutes
        self.device = "cpu" if stand_in else "gpu"
        self.done_file = out / "steps.json"
        self.done = json.loads(self.done_file.read_text()) if self.done_file.exists() else {}

    def left(self):
        return self.ends - time.monotonic()

    def step(self, name, seconds, work):
        """Runs work(self) unless it was done before, or would not end in time."""
        if name in self.done:
            return
        if self.left() < seconds:
            print(f"[{clock()}] {name}: left out, it needs {seconds} s and {self.left():.0f} s are left", flush=True)
            return
        print(f"[{clock()}] {name}", flush=True)
        began = time.monotonic()
        try:
            work(self)
            outcome = "done"
        except Exception as e:  # noqa: BLE001 - whatever it was, the next steps are still to be tried
            outcome = f"{type(e).__name__}: {e}"
        self.done[name] = {"outcome": outcome, "seconds": round(time.monotonic() - began, 1)}
        self.done_file.write_text(json.dumps(self.done, indent=1))
        print(f"[{clock()}] {name}: {outcome}, {self.done[name]['seconds']} s", flush=True)

    def run(self, name, command, most, check=True, environment=None):
        """Runs a command with its output in NAME.txt; kills it with its children after `most` seconds or at the end."""
        text = self.out / f"{name}.txt"
        with text.open("a") as log:
            log.write(f"$ {' '.join(map(str, command))}\n")
            log.flush()
            process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
                                       env={**os.environ, **(environment or {})})
            try:
                code = process.wait(min(most, max(1, self.left())))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGTERM)
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
                code = "cut off"
        if check and code != 0:
            raise RuntimeError(f"exit {code}: {text.read_text(errors='replace').strip().splitlines()[-1][:200]}")
        return text.read_text(errors="replace")

    def autophage(self, name, *arguments, most=300, **more):
        return self.run(name, [compare.LAUNCHER, *map(str, arguments)], most, **more)

    def keep(self, name, figures):
        (self.out / f"{name}.json").write_text(json.dumps(figures, indent=1))


def clock():
    return time.strftime("%H:%M:%S")


def query(what):
    """What nvidia-smi says; empty without it."""
    try:
        return subprocess.run(["nvidia-smi", f"--query-{what}", "--format=csv,noheader,nounits"], capture_output=True,
                              text=True, timeout=10, check=True).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""


class Memory:
    """The most memory of the GPU that was in use meanwhile, all processes together, in MiB."""

    def __enter__(self):
        self.most, self.over = 0, threading.Event()
        self.thread = threading.Thread(target=self.watch)
        self.thread.start()
        return self

    def watch(self):
        while not self.over.wait(0.2):
            used = query("gpu=memory.used").splitlines()
            self.most = max(self.most, int(used[0]) if used else 0)

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()


# ---- the steps


def doctor(visit):
    card = query("gpu=name,driver_version,memory.total")
    nvcc = shutil.which("nvcc") or "/usr/local/cuda/bin/nvcc"
    visit.run("doctor", ["sh", "-c", f'echo "{card}"; {PYTHON} -c "import torch; print(torch.__version__, torch.version.cuda,'
                                     f' torch.backends.cudnn.version())"; {nvcc} --version | tail -n 2; uname -r; nproc'],
              60, check=False)
    told = visit.autophage("doctor", "doctor")
    if not visit.stand_in and not re.search(r"device\s+gpu:0", told):
        raise RuntimeError("doctor names no GPU: see doctor.txt")


def quickstart(visit):
    """The main job: records must name the GPU."""
    runs = visit.out / "runs"
    small = ["model.steps=5", "loop.generations=2", "loop.initial=200", "loop.synthetic=200", "metrics.samples=200",
             "dataset.holdout=200"] if visit.stand_in else []
    with Memory() as memory:
        visit.autophage("quickstart", "run", EXPERIMENTS / "quickstart.yaml", "--runs", runs, f"device={visit.device}", *small)
    folder = next(runs.glob("quickstart*"))
    sessions = json.loads((folder / "provenance.json").read_text())["sessions"]
    visit.keep("quickstart", {"records": records(folder), "sessions": sessions, "mostMiB": memory.most})
    keep_pages(visit, "quickstart", folder)
    devices = {session["device"] for session in sessions}
    if not all(device.startswith(visit.device) for device in devices):
        raise RuntimeError(f"ran on {', '.join(devices)}, not on {visit.device}")


def records(folder):
    """Every generation's of a run or of a sweep's cells, by the file's place."""
    return {str(file.relative_to(folder)): [json.loads(line) for line in file.open()]
            for file in sorted(folder.rglob("generations.jsonl"))}


def keep_pages(visit, name, folder):
    """Reports and pictures, side by side."""
    for page in [*folder.rglob("report.html"), *folder.rglob("comparison.html"), *folder.rglob("grid.png")]:
        shutil.copy(page, visit.out / "-".join((name, *page.relative_to(folder).parts)))


def tests(visit):
    visit.run("tests", ["sh", "-c", visit.tests], 240)


def pairs(name, begin, rounds):
    """The rows of compare.py in groups whose names begin so."""

    def work(visit):
        rows = [name for name, row in compare.GPU_ROWS.items() if row.group.startswith(begin)]
        if visit.stand_in:
            rows = [row for row in rows if row.endswith("-eager")]  # a CPU compiles for minutes
        visit.run(name, [PYTHON, HERE / "compare.py", "--device", "gpu", "--pairs", str(1 if visit.stand_in else rounds),
                         "--out", visit.out / f"{name}.json", *(["--stand-in"] if visit.stand_in else []), *rows], 400)
    return work


def cudnn_benchmark(visit):
    """Does it pay that cuDNN tries its algorithms?"""
    rows = [f"training-mnist-{batch}-{rounding}-eager" for batch in (128, 512) for rounding in ("float32", "bfloat16")]
    visit.run("cudnn-benchmark", [PYTHON, HERE / "compare.py", "--device", "gpu", "--pairs", "2", "--cudnn-benchmark",
                                  *(["--stand-in"] if visit.stand_in else []), *rows], 200)


def metrics(visit):
    """Ours and torch's in turn on the same features; both warm up by themselves."""
    count, width = (500, 64) if visit.stand_in else (50_000, 2_048)
    features = visit.out.parent / "features.npz"
    visit.run("metrics", [PYTHON, HERE / "python" / "features.py", features, str(count), str(width)], 120)
    classes = os.environ.get("METRICS_TIMING", str(HERE / "java" / "MetricsTiming.java"))
    libraries = ":".join([str(HERE.parent / "target/launcher/autophage.jar"), str(HERE.parent / "target/lib/*")])
    options = os.environ.get("AUTOPHAGE_JAVA_OPTS", "").split()
    ours = ["java", "-Xmx4g", "-Dai.djl.offline=true", *options, "-cp"]
    ours += [libraries, classes] if classes.endswith(".java") else [f"{classes}:{libraries}", "MetricsTiming"]
    cuda = "cpu" if visit.stand_in else "cuda"
    exact = {"NVIDIA_TF32_OVERRIDE": "0"}
    for metric in ("prdc", "frechet"):
        for _ in range(1 if visit.stand_in else 2):
            visit.run("metrics", [*ours, metric, features, "5", visit.device], 100, environment=exact)
            visit.run("metrics", [PYTHON, HERE / "python" / "metrics_on_device.py", metric, features, "5", cuda], 100,
                      environment=exact)
    features.unlink()


def profile(visit):
    """Kernels, gaps and launches of one step, ours and PyTorch's, float32 and bfloat16."""
    folder = visit.out.parent / "profile"
    folder.mkdir(exist_ok=True)
    library = build_tracer(visit, folder)
    for rounding in ("bfloat16", "float32"):
        row = compare.GPU_ROWS[f"training-mnist-128-{rounding}-eager"]
        row = compare.tiny(row) if visit.stand_in else row
        ours = [compare.LAUNCHER, "benchmark", row.spec, *row.ours, f"device={visit.device}"]
        theirs = [PYTHON, HERE / "pytorch" / "worker.py", *row.theirs, "--device", "cpu" if visit.stand_in else "cuda"]
        for side, command in (("ours", ours), ("theirs", ["sh", "-c", 'yes eager | head -n 1 | "$@"', "sh", *map(str, theirs)])):
            trace = folder / f"{side}-{rounding}"
            visit.run("profile", command, 60, check=False,
                      environment={"CUDA_INJECTION64_PATH": str(library), "KERNELS_OUT": str(trace)})
            for file in glob.glob(f"{trace}.*"):
                visit.run("profile", [PYTHON, HERE / "profile" / "kernels.py", file, "--json",
                                      visit.out / f"profile-{side}-{rounding}.json"], 60, check=False)


def build_tracer(visit, folder):
    library = folder / "libkernels.so"
    places = [*glob.glob("/usr/local/cuda*/lib64"), *glob.glob("/usr/local/cuda*/extras/CUPTI/lib64"),
              *glob.glob("/usr/local/cuda*/targets/x86_64-linux/lib")]
    where = next((place for place in places if glob.glob(f"{place}/libcupti.so*")), None)
    if where is None:
        raise RuntimeError("no libcupti.so under /usr/local/cuda")
    includes = [f"-I{each}" for each in (*glob.glob("/usr/local/cuda/include"), *glob.glob("/usr/local/cuda/extras/CUPTI/include"))]
    visit.run("profile", ["gcc", "-O2", "-shared", "-fPIC", "-pthread", *includes, "-o", library,
                          HERE / "profile" / "kernels.c", f"-L{where}", "-l:" + os.path.basename(
                              sorted(glob.glob(f"{where}/libcupti.so*"))[0]), f"-Wl,-rpath,{where}"], 60)
    return library


def cells(visit):
    """One, two, four and eight trainings on one GPU at a time: images/s in all, and memory."""
    figures = []
    for name, network in (("mnist", compare.MNIST), ("small", compare.SMALL)):
        row = compare.training(28, 128, None, None, precision="bfloat16", steps=2 if visit.stand_in else 150,
                               network=network)
        row = compare.tiny(row) if visit.stand_in else row
        command = [compare.LAUNCHER, "benchmark", str(row.spec), *row.ours, f"device={visit.device}", "--paced", "--json"]
        sides = [compare.Side(command, dict(os.environ)) for _ in range(2 if visit.stand_in else 8)]
        try:
            for side in sides:
                side.ask("")
            for side in sides:
                side.answer()
            for count in (1, 2) if visit.stand_in else (1, 2, 4, 8):
                asked = sides[:count]
                for side in asked:
                    side.ask("")
                speeds = [side.answer()["imagesPerSecond"] for side in asked]
                figures.append({"network": name, "cells": count, "imagesPerSecond": sum(speeds), "each": speeds})
                print(f"  {name}: {count} at a time: {sum(speeds):.0f} images/s in all", flush=True)
            figures.append({"network": name, "processes": query("compute-apps=pid,used_memory").splitlines(),
                            "usedMiB": query("gpu=memory.used")})
        finally:
            for side in sides:
                side.close()
        visit.keep("cells", figures)


def channels_last(visit):
    """PyTorch's side with convolutions in NHWC against itself, bfloat16."""
    figures = {}
    for batch in (128, 512):
        row = compare.GPU_ROWS[f"training-mnist-{batch}-bfloat16-eager"]
        row = compare.tiny(row) if visit.stand_in else row
        theirs = [PYTHON, str(HERE / "pytorch" / "worker.py"), *row.theirs, "--device",
                  "cpu" if visit.stand_in else "cuda"]
        sides = {"NCHW": compare.Side(theirs, dict(os.environ)),
                 "NHWC": compare.Side([*theirs, "--channels-last"], dict(os.environ))}
        try:
            for _ in range(1 if visit.stand_in else 4):  # the first does not count
                for how in ("eager",) if visit.stand_in else ("eager", "compile"):
                    for layout, side in sides.items():
                        side.ask(how)
                        figures.setdefault(f"{batch} {how} {layout}", []).append(side.answer())
        finally:
            for side in sides.values():
                side.close()
        visit.keep("channels-last", figures)


def specs(visit):
    """What a step and a sample of every spec for one GPU take, and how much memory."""
    figures = {}
    for name, shape, precision, more in SPECS:
        if visit.stand_in:
            more = ["model.batch=2", "sampling.chunk=2", *([] if "gan" in name else ["sampling.steps=2"])]
        with Memory() as memory:
            told = visit.autophage(
                "specs", "benchmark", EXPERIMENTS / f"{name}.yaml", "--random-images", shape, "--json", "--steps",
                1 if visit.stand_in else 8, f"device={visit.device}", f"model.precision={precision}", *more, most=60)
        figures[f"{name} {precision}"] = {**json.loads(told.strip().splitlines()[-1]), "mostMiB": memory.most}
        visit.keep("specs", figures)


def protocol(visit):
    """MAD's fully synthetic loop on 60,000 images of MNIST, λ = 1 and .5, three generations."""
    small = ["model.steps=2", "model.channels=16", "loop.initial=200", "loop.synthetic=200", "metrics.samples=200",
             "dataset={kind: strokes, size: 16, holdout: 200}", "loop.generations=2"] if visit.stand_in else []
    runs = visit.out.parent / "protocol"
    sharing = "--jobs" if visit.stand_in else "--per-gpu"
    try:
        visit.autophage("protocol", "plan", EXPERIMENTS / "mnist-bias-one-gpu.yaml", *small)  # how many cells fit?
        visit.autophage("protocol", "sweep", EXPERIMENTS / "mnist-bias-one-gpu.yaml", "--runs", runs, sharing, 2, *small,
                        most=600)
    finally:
        folder = next(runs.glob("mnist-bias-one-gpu*"))
        visit.keep("protocol", records(folder))
        keep_pages(visit, "protocol", folder)


# name, seconds that it takes on an H100 with 16 slow cores, work
STEPS = [
    ("doctor", 10, doctor),
    ("quickstart", 60, quickstart),
    ("tests", 100, tests),
    ("pairs-128", 120, pairs("pairs-128", "training-128", 3)),
    ("profile", 70, profile),
    ("cells", 100, cells),
    ("sampling", 60, pairs("sampling", "sampling", 3)),
    ("stylegan2", 60, pairs("stylegan2", "stylegan2", 3)),
    ("metrics", 60, metrics),
    ("protocol", 330, protocol),
    ("specs", 120, specs),
    ("pairs-512-mnist", 240, pairs("pairs-512-mnist", "training-mnist-512", 3)),
    ("pairs-512-colour", 240, pairs("pairs-512-colour", "training-colour-512", 3)),
    ("channels-last", 60, channels_last),
    ("cudnn-benchmark", 60, cudnn_benchmark),
]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("out", type=pathlib.Path)
    arguments.add_argument("steps", nargs="*", metavar="STEP", help=", ".join(name for name, _, _ in STEPS))
    arguments.add_argument("--minutes", type=float, default=60)
    arguments.add_argument("--stand-in", action="store_true", help="on the CPU, in tiny sizes")
    arguments.add_argument("--tests", default=f"mvn -q -f {HERE.parent} -Pgpu test", metavar="COMMAND")
    options = arguments.parse_intermixed_args()
    names = [name for name, _, _ in STEPS]
    for name in options.steps:
        if name not in names:
            sys.exit(f"on_gpu.py: no step {name}: must be one of {', '.join(names)}")
    options.out.mkdir(parents=True, exist_ok=True)
    visit = Visit(options.out.resolve(), options.minutes, options.stand_in, options.tests)
    for name, seconds, work in STEPS:
        if not options.steps or name in options.steps:
            visit.step(name, seconds, work)


if __name__ == "__main__":
    main()
