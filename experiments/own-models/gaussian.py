"""A model of one's own in NumPy: a Gaussian over pixels, in as many principal directions as options.directions says.

The contract is in docs/guide/own-models.md. `python3 gaussian.py train REQUEST` and `python3 gaussian.py sample REQUEST`.
"""

import json
import sys

import numpy as np


def train(request):
    images = np.load(request["data"])["images"]
    pixels = images.reshape(len(images), -1) / 255.0
    mean = pixels.mean(axis=0)
    _, values, directions = np.linalg.svd(pixels - mean, full_matrices=False)
    kept = min(request["options"].get("directions", 40), len(values))
    deviations = values[:kept] / np.sqrt(len(pixels) - 1)
    np.savez(request["model"] + "/gaussian.npz", mean=mean, deviations=deviations, directions=directions[:kept])


def sample(request):
    model = np.load(request["model"] + "/gaussian.npz")
    random = np.random.default_rng(request["seed"])
    latents = random.standard_normal((request["count"], len(model["deviations"]))) * np.sqrt(request["bias"])
    pixels = model["mean"] + latents * model["deviations"] @ model["directions"]
    size, channels = request["size"], request["channels"]
    images = np.clip(np.rint(255 * pixels), 0, 255).astype(np.uint8).reshape(-1, size, size, channels)
    np.savez(request["out"] + "/samples.npz", images=images)


if __name__ == "__main__":
    action, file = sys.argv[1:]
    with open(file) as request:
        {"train": train, "sample": sample}[action](json.load(request))
