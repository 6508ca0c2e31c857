#!/usr/bin/env python3
"""Writes two sets of standard normal features, float32, as the arrays real and fake of an .npz file.

    python3 benchmarks/python/features.py FILE SAMPLES WIDTH [SEED]
"""
import sys

import numpy as np

path, samples, width = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
random = np.random.default_rng(int(sys.argv[4]) if len(sys.argv) > 4 else 0)
np.savez(path, **{name: random.standard_normal((samples, width), dtype=np.float32) for name in ("real", "fake")})
