#!/usr/bin/env python3
"""Is the network of transformer.py Autophage's? Loads the weights that a run saved into it and compares the logits of both.

    python3 benchmarks/pytorch/same_transformer.py runs/NAME/seed-0/generation-001 --heads 4
"""
import argparse
import pathlib
import sys

import torch

from same_network import read_safetensors
from transformer import Transformer

PARTS = {"attention.norm": "attention_norm", "attention.in": "attention_in", "attention.out": "attention_out",
         "layer.norm": "layer_norm", "layer.in": "layer_in", "layer.out": "layer_out"}


def names(network):
    """Autophage's name of every layer of transformer.py, by the layer; logits have a table of their own."""
    layers = {network.embedding: "embedding", network.norm: "norm", network.out: "out"}
    for i, block in enumerate(network.blocks):
        layers |= {getattr(block, theirs): f"block.{i}.{ours}" for ours, theirs in PARTS.items()}
    return layers


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("generation", type=pathlib.Path)
    arguments.add_argument("--heads", type=int, default=4)
    options = arguments.parse_args()
    left = read_safetensors(options.generation / "weights.safetensors")
    saved = torch.jit.load(str(options.generation / "model.pt"))
    (entries, width), vocabulary = left["embedding.weight"].shape, len(left["out.weight"])
    layers = sum(name.endswith("attention.in.weight") for name in left)
    network = Transformer(vocabulary, entries, layers, width, options.heads).eval()
    with torch.no_grad():
        for layer, name in names(network).items():
            layer.weight.copy_(left.pop(name + ".weight"))
        assert not left, f"transformer.py lacks {sorted(left)}"
        tokens = torch.randint(0, vocabulary, (7, int(saved.context)))
        theirs = saved.logits(saved.weights, tokens)
        difference = (network(tokens) - theirs).abs().max() / theirs.abs().max()
    print(f"largest relative difference {difference:.1e}")
    sys.exit(0 if difference < 1e-5 else 1)


if __name__ == "__main__":
    main()
