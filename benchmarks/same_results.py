#!/usr/bin/env python3
"""Are the results of two states of the project equal to the bit? Small runs of every family, every kind of loop, and a sweep.

    benchmarks/same_results.py v0.1 .               a commit against this working tree
    benchmarks/same_results.py ../before .          two folders, each with a project
    benchmarks/same_results.py v0.1 . vae sweep     some of the runs
    benchmarks/same_results.py v0.1 . --keep /tmp/s   keeps the run folders; a side that is there already is not run again

Both sides run on the CPU with one thread. What is compared: every record but its times, rates and checksum, the hash of every
file of samples, weights and parameters, and which images each training set had. A record of the new side may have keys that
the old one's lacks; they are named, and so is everything else that differs. Exit code 1 if anything differs.
"""
import argparse
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent.parent

STROKES = "{kind: strokes, size: 16, holdout: 120}"
MOONS = "{kind: points, distribution: moons, dimensions: 2, replicas: 2, holdout: 200}"
IMAGES = "{features: pixels, samples: 60, neighbours: 3}"
POINTS = "{samples: 60, neighbours: 3}"
LAST = "{kind: fully-synthetic, generations: 3, initial: 60, synthetic: 60}"
UNET = "channels: 8, multipliers: [1], blocks: 1, steps: 12, batch: 16"

RUNS = {
    "edm": (STROKES, "{kind: diffusion, %s}" % UNET, LAST, IMAGES, "{bias: 0.7}"),
    "edm-heun": (STROKES, "{kind: diffusion, %s}" % UNET, LAST, IMAGES, "{sampler: heun, steps: 4, labels: as-data}"),
    "edm-finetuned": (STROKES, "{kind: diffusion, %s}" % UNET,
                      "{kind: mix, generations: 3, initial: 60, synthetic: 60, mix: {fixedReal: 20, train: fine-tune}}",
                      IMAGES, "{}"),
    "ddpm": (STROKES, "{kind: diffusion, parameterization: ddpm, timesteps: 20, %s}" % UNET, LAST, IMAGES,
             "{sampler: ancestral}"),
    "ddim": (STROKES, "{kind: diffusion, parameterization: ddpm, timesteps: 20, %s}" % UNET, LAST, IMAGES,
             "{sampler: ddim, steps: 5}"),
    "stylegan2": (STROKES, "{kind: gan, steps: 6, batch: 16}", LAST, IMAGES, "{bias: 0.7}"),
    "wgan-gp": (STROKES, "{kind: gan, architecture: wgan-gp, steps: 3, batch: 16}", LAST, IMAGES, "{bias: 0.7}"),
    "vae": (STROKES, "{kind: vae, steps: 12, batch: 16}", LAST, IMAGES, "{}"),
    "gaussian": ("{kind: points, distribution: gaussian, dimensions: 3, replicas: 40}", "{kind: gaussian}",
                 "{kind: synthetic-augmentation, generations: 4, initial: 60, synthetic: 60, real: 30}", POINTS, "{bias: 0.8}"),
    "mixture": (MOONS, "{kind: mixture, components: 5}",
                "{kind: accumulate, generations: 3, initial: 80, synthetic: 80}", POINTS, "{bias: 0.8}"),
    "kernel": (MOONS, "{kind: kernel}",
               "{kind: accumulate-subsample, generations: 3, initial: 80, synthetic: 80}", POINTS, "{}"),
    "flow": (MOONS, "{kind: flow, steps: 20}",
             "{kind: fresh-data, generations: 3, initial: 80, synthetic: 80, real: 40}", POINTS, "{bias: 0.8}"),
}
SWEEP = "{sampling.bias: [1.0, 0.5]}"


def spec(name, dataset, model, loop, metrics, sampling, sweep=None):
    text = (f"name: {name}\nseeds: [0, 1]\ndevice: cpu\ndataset: {dataset}\nmodel: {model}\nsampling: {sampling}\n"
            f"loop: {loop}\nmetrics: {metrics}\n")
    return text + (f"sweep: {sweep}\n" if sweep else "")


def project(side, scratch):
    """The folder of a side, which is a folder or a commit."""
    if (pathlib.Path(side) / "autophage").exists():
        return pathlib.Path(side).resolve()
    place = scratch / f"project-{side}"
    subprocess.run(["git", "-C", str(HERE), "worktree", "add", "--detach", str(place), side], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return place


def run(place, names, runs):
    environment = dict(os.environ, OMP_NUM_THREADS="1")
    for name in names:
        if (runs / name).exists():
            continue
        if name == "sweep":
            text, command = spec(name, *RUNS["edm"], sweep=SWEEP), "sweep"
        else:
            text, command = spec(name, *RUNS[name]), "run"
        file = runs / f"{name}.yaml"
        file.write_text(text)
        done = subprocess.run([str(place / "autophage"), command, str(file), "--runs", str(runs)],
                              env=environment, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{place}: {name} ended with {done.returncode}: {done.stderr[-600:]}")


def unlike(record, prefix=""):
    """What a record says about its run and not about its results goes."""
    return {key: value for key, value in record.items()
            if not key.endswith(("Seconds", "PerSecond")) and key not in ("checksum", "experiment", "modelFrom",
                                                                          "gpuPercent", "gpuMemoryGiB", "time")}


def results(folder):
    found = {}
    for file in sorted(folder.rglob("*")):
        name = str(file.relative_to(folder))
        if "checkpoint" in name or "first-generations" in name:
            continue
        if file.name == "generations.jsonl":
            for line in file.read_text().splitlines():
                record = json.loads(line)
                for key, value in unlike(record).items():
                    found[f"{name}, generation {record['generation']}, {key}"] = json.dumps(value, sort_keys=True)
        elif file.suffix in (".npz", ".safetensors") or file.name in ("training-set.json", "grid.png"):
            found[name] = content(file)
    return found


def content(file):
    """Weights by their elements alone, whose file's header may tell more than it did; all else by its bytes."""
    data = file.read_bytes()
    if file.suffix == ".safetensors":
        length = int.from_bytes(data[:8], "little")
        header = {key: value for key, value in json.loads(data[8:8 + length]).items() if key != "__metadata__"}
        data = json.dumps(header, sort_keys=True).encode() + data[8 + length:]
    return hashlib.sha256(data).hexdigest()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before")
    parser.add_argument("after")
    parser.add_argument("names", nargs="*", help="of " + ", ".join([*RUNS, "sweep"]))
    parser.add_argument("--keep", help="folder for the runs")
    options = parser.parse_intermixed_args()
    names = options.names or [*RUNS, "sweep"]
    with tempfile.TemporaryDirectory() as temporary:
        scratch = pathlib.Path(temporary)
        keep = pathlib.Path(options.keep) if options.keep else scratch
        sides = []
        for number, side in enumerate((options.before, options.after)):
            runs = keep / ("before", "after")[number]
            runs.mkdir(parents=True, exist_ok=True)
            if any(not (runs / name).exists() for name in names):
                run(project(side, scratch), names, runs)
            sides.append(runs)
        differences = 0
        for name in names:
            before, after = (results(side / name) for side in sides)
            differ = [key for key, value in before.items() if after.get(key) != value]
            more = sorted({key.rsplit(", ", 1)[-1] for key in after.keys() - before.keys()})
            print(f"{name:14s} {len(before):4d} results, {len(differ)} differ" + (f"; new: {', '.join(more)}" if more else ""))
            for key in differ:
                print(f"    {key}: {before[key][:40]} · {after.get(key, 'nothing')[:40]}")
            differences += len(differ) + (not before)
        subprocess.run(["git", "-C", str(HERE), "worktree", "prune"], check=False)
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
