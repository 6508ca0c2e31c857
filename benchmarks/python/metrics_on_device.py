#!/usr/bin/env python3
"""Times the metrics of the arrays real and fake of an .npz file in PyTorch on a device and prints one JSON line.

    python3 benchmarks/python/metrics_on_device.py prdc|frechet FILE K DEVICE

prdc's algorithm (https://github.com/clovaai/generative-evaluation-prdc) in float32, its distances a block of rows at a time, so
that 50,000 samples fit a GPU; Fréchet distance in float64. The time counts from features in main memory to the values, as in
metrics_timing.py and MetricsTiming.java, after a call with a few rows that loads the kernels.
"""
import json
import resource
import sys
import time

import numpy as np
import torch

ROWS = 4096  # of a block of distances
WARM_UP_ROWS = 4096


def blocks(one, other):
    """Slices of rows of one and their distances to all rows of the other."""
    for start in range(0, len(one), ROWS):
        rows = slice(start, start + ROWS)
        yield rows, torch.cdist(one[rows], other)


def radii(features, neighbours):
    """Distances to the k-th nearest neighbour; the nearest of all is the sample itself."""
    return torch.cat([distances.topk(neighbours + 1, dim=1, largest=False).values[:, -1]
                      for _, distances in blocks(features, features)])


def prdc(real, fake, neighbours):
    real_radii, fake_radii = radii(real, neighbours), radii(fake, neighbours)
    real_balls = torch.zeros(len(fake), dtype=torch.int64, device=fake.device)
    recalled, covered = [], []
    for rows, distances in blocks(real, fake):
        real_balls += (distances < real_radii[rows, None]).sum(dim=0)
        recalled.append((distances < fake_radii).any(dim=1))
        covered.append(distances.amin(dim=1) < real_radii[rows])
    return {
        "precision": (real_balls > 0).double().mean().item(),
        "recall": torch.cat(recalled).double().mean().item(),
        "density": real_balls.double().mean().item() / neighbours,
        "coverage": torch.cat(covered).double().mean().item(),
    }


def frechet(real, fake):
    """The trace of (Σ₁Σ₂)^½ by the eigenvalues of LᵀΣ₂L with Σ₁ = LLᵀ, a symmetric matrix."""
    real, fake = real.double(), fake.double()
    gap = real.mean(dim=0) - fake.mean(dim=0)
    one, other = real.T.cov(), fake.T.cov()
    values, vectors = torch.linalg.eigh(one)
    factor = vectors * values.clamp(min=0).sqrt()
    root = torch.linalg.eigvalsh(factor.T @ other @ factor).clamp(min=0).sqrt().sum()
    return {"frechetDistance": (gap @ gap + one.trace() + other.trace() - 2 * root).item()}


def main():
    metric, neighbours, device = sys.argv[1], int(sys.argv[3]), sys.argv[4]
    arrays = np.load(sys.argv[2])
    real, fake = (torch.from_numpy(arrays[name]) for name in ("real", "fake"))

    def values(real, fake):
        real, fake = real.to(device), fake.to(device)
        return prdc(real, fake, neighbours) if metric == "prdc" else frechet(real, fake)

    values(real[:WARM_UP_ROWS], fake[:WARM_UP_ROWS])
    start = time.perf_counter()
    result = values(real, fake)  # numbers: nothing is left for the device to do
    seconds = time.perf_counter() - start
    peak = {"peakMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}
    if device.startswith("cuda"):
        peak["peakDeviceMiB"] = torch.cuda.max_memory_allocated() >> 20
    print(json.dumps({"peer": f"PyTorch {torch.__version__} on {device}", "seconds": round(seconds, 2), **peak, **result}))


main()
