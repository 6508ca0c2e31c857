#!/usr/bin/env python3
"""Is the network of unet.py Autophage's? Loads the weights that a run saved into it and compares what both make of noise.

    python3 benchmarks/pytorch/same_network.py runs/NAME/seed-0/generation-001

The run's network has to be the default one: channels 32, multipliers [1, 2], blocks 1, patch 2.
"""
import json
import math
import pathlib
import sys

import torch

from unet import Attention, ResidualBlock, UNet

BLOCK = {"norm0": "norm0", "conv0": "0", "embedding": "embedding", "norm1": "norm1", "conv1": "1", "skip": "skip"}
ATTENTION = {"norm": "norm", "into": "in", "out": "out"}


def read_safetensors(path):
    content = path.read_bytes()
    end = 8 + int.from_bytes(content[:8], "little")
    tensors = {}
    for name, entry in json.loads(content[8:end]).items():
        if name != "__metadata__":
            first, last = (end + offset for offset in entry["data_offsets"])
            tensors[name] = torch.frombuffer(bytearray(content[first:last]), dtype=torch.float32).reshape(entry["shape"])
    return tensors


def names(network, resolutions, blocks):
    """Autophage's name of every layer of unet.py, by the layer."""
    down, up = iter(network.down), iter(network.up)
    layers = {network.level0: "embedding.level.0", network.level1: "embedding.level.1", network.into: "in",
              network.middle0: "middle.0", network.attention: "middle.attention", network.middle1: "middle.1",
              network.norm: "out.norm", network.out: "out"}
    for r in range(resolutions):
        layers.update({next(down): f"down.{r}.{b}" for b in range(blocks)})
        if r < resolutions - 1:
            layers[next(down)] = f"down.{r}.halve"
    for r in reversed(range(resolutions)):
        layers.update({next(up): f"up.{r}.{b}" for b in range(blocks + 1)})
        if r > 0:
            layers[next(up)] = f"up.{r}.double"
    return layers


def load(network, tensors, resolutions=2, blocks=1):
    left = dict(tensors)
    with torch.no_grad():
        network.label.weight.copy_(left.pop("embedding.label"))
        for layer, name in names(network, resolutions, blocks).items():
            parts = BLOCK if isinstance(layer, ResidualBlock) else ATTENTION if isinstance(layer, Attention) else {"": ""}
            for part, theirs in parts.items():
                module = getattr(layer, part) if part else layer
                for parameter, value in module.named_parameters():
                    value.copy_(left.pop(".".join(filter(None, (name, theirs, parameter)))))
    assert not left, f"unet.py lacks {sorted(left)}"


def main():
    folder = pathlib.Path(sys.argv[1])
    tensors = read_safetensors(folder / "weights.safetensors")
    saved = torch.jit.load(str(folder / "model.pt"))
    channels, size, _ = (int(number) for number in saved.image_shape)
    network = UNet(image_channels=channels).eval()
    load(network, tensors)
    torch.manual_seed(0)
    x, level, labels = torch.randn(7, channels, size, size), torch.linspace(-300, 300, 7), torch.arange(7)
    with torch.no_grad():
        theirs = saved.network(saved.weights, x, level, labels)
        difference = (network(x, level, labels) - theirs).abs().max() / theirs.abs().max()
    parameters = sum(parameter.numel() for parameter in network.parameters())
    ours = sum(math.prod(tensor.shape) for tensor in tensors.values())
    print(f"{ours} parameters in Autophage's, {parameters} in PyTorch's; largest relative difference {difference:.1e}")
    sys.exit(0 if parameters == ours and difference < 1e-5 else 1)


if __name__ == "__main__":
    main()
