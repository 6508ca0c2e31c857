#!/usr/bin/env python3
"""Times the Python peers on the arrays real and fake of an .npz file and prints one JSON line.

    PYTHONPATH=PRDC python3 benchmarks/python/metrics_timing.py prdc|frechet FILE K [float32|float64]

PRDC is a checkout of https://github.com/clovaai/generative-evaluation-prdc. Fréchet distance is by numpy and scipy, the
trace from the eigenvalues of the product of the covariances, the faster of the two ways in use.
"""
import contextlib
import json
import resource
import sys
import time

import numpy as np


def frechet(real, fake):
    import scipy.linalg

    real, fake = real.astype(np.float64), fake.astype(np.float64)
    one, other = np.cov(real, rowvar=False), np.cov(fake, rowvar=False)
    gap = real.mean(axis=0) - fake.mean(axis=0)
    eigenvalues = scipy.linalg.eigvals(one @ other)
    root = np.sqrt(eigenvalues.astype(complex)).real.sum()
    return {"frechetDistance": float(gap @ gap + np.trace(one) + np.trace(other) - 2 * root)}


def prdc(real, fake, neighbours):
    from prdc import compute_prdc

    with contextlib.redirect_stdout(sys.stderr):
        return {name: float(value) for name, value in compute_prdc(real, fake, neighbours).items()}


arrays = np.load(sys.argv[2])
precision = sys.argv[4] if len(sys.argv) > 4 else "float32"
real, fake = arrays["real"].astype(precision), arrays["fake"].astype(precision)
if sys.argv[1] == "prdc":
    import prdc as _  # noqa: F401 - not timed
start = time.perf_counter()
values = prdc(real, fake, int(sys.argv[3])) if sys.argv[1] == "prdc" else frechet(real, fake)
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"peer": "Python", "seconds": round(seconds, 2), "peakMiB": peak, **values}))
