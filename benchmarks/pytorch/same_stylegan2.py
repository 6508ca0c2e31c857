#!/usr/bin/env python3
"""Are the networks of stylegan2.py Autophage's? Loads the weights that a run saved into them and compares what both
generators make of the same latents and noise. Of the discriminator, which a saved model does not have, every weight has to
be there by name and shape.

    python3 benchmarks/pytorch/same_stylegan2.py runs/NAME/seed-0/generation-001

The run's networks have to be those of experiments/mnist-gan.yaml or mnist-gan-small.yaml, or with other channels.
"""
import pathlib
import re
import sys

import torch

from same_network import read_safetensors
from stylegan2 import networks

# What Autophage's names begin with, and stylegan2.py's.
RENAMED = [
    (r"generator\.mapping\.(\d)", r"generator.mapping.layers.\1"),
    (r"generator\.synthesis\.(\d+)\.(\d)", r"generator.synthesis.blocks.\1.styled.\2"),
    (r"generator\.synthesis\.(\d+)\.colours", r"generator.synthesis.blocks.\1.colours"),
    (r"discriminator\.in\b", "discriminator.into"),
    (r"discriminator\.block\.(\d+)\.(\d)", r"discriminator.blocks.\1.conv\2"),
    (r"discriminator\.block\.(\d+)\.skip", r"discriminator.blocks.\1.skip"),
    (r"discriminator\.out\.", "discriminator."),
]


def renamed(name):
    for ours, theirs in RENAMED:
        name, found = re.subn("^" + ours, theirs, name)
        if found:
            break
    return name


def load(module, prefix, tensors):
    """All weights whose names begin with the prefix, neither more nor fewer."""
    module.load_state_dict({name.removeprefix(prefix): tensor for name, tensor in tensors.items() if name.startswith(prefix)})


def main():
    folder = pathlib.Path(sys.argv[1])
    tensors = {renamed(name): tensor for name, tensor in read_safetensors(folder / "weights.safetensors").items()}
    saved = torch.jit.load(str(folder / "model.pt"))
    image_channels, size, _ = (int(number) for number in saved.image_shape)
    latent = int(saved.latent)
    channels = len(tensors["discriminator.into.weight"])
    max_channels = len(tensors["discriminator.features.weight"])
    generator, discriminator = networks(size, image_channels, channels, max_channels, latent)
    load(generator, "generator.", tensors)
    load(discriminator, "discriminator.", tensors)
    latents, labels = torch.randn(7, latent), torch.arange(7)
    with torch.no_grad():
        torch.manual_seed(0)
        theirs = saved.generate(saved.weights, latents, labels)
        torch.manual_seed(0)
        difference = (generator(latents, labels) - theirs).abs().max() / theirs.abs().max()
    told = [sum(tensor.numel() for name, tensor in tensors.items() if name.startswith(prefix))
            for prefix in ("generator.", "discriminator.")]
    print(f"the same {told[0]} and {told[1]} weights by name and shape; largest relative difference of images {difference:.1e}")
    sys.exit(0 if difference < 1e-5 else 1)


if __name__ == "__main__":
    main()
