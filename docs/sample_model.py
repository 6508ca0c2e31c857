#!/usr/bin/env python3
"""Draws images from a model.pt of a run with PyTorch alone:

    python3 docs/sample_model.py runs/NAME/seed-0/generation-001/model.pt --images 100 --out grid.png

The file is a TorchScript module whose methods take its buffer `weights` (flat parameters) first. A diffusion model has
`levels`, the falling noise levels of the spec's sampler, ending in 0; an autoencoder has `latent`, the dimensions of its
codes; a GAN has that of its latent points, and `classes`, 1 if it was not told labels. Image i is asked to be of class i
mod 10.
"""
import argparse
import struct
import zlib

import torch


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("model")
    arguments.add_argument("--images", type=int, default=100)
    arguments.add_argument("--classes", type=int, default=10)
    arguments.add_argument("--bias", type=float, default=1.0, help="sampling bias λ in (0, 1]; 1 is unbiased")
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--out", default="grid.png")
    options = arguments.parse_args()

    model = torch.jit.load(options.model)
    torch.manual_seed(options.seed)
    labels = torch.arange(options.images) % options.classes
    with torch.no_grad():
        if hasattr(model, "levels"):
            images = solve(model, labels, 1 / options.bias - 1)
        elif hasattr(model, "generate"):
            images = generate(model, labels, options.bias)
        else:
            images = decode(model, labels, options.bias**0.5)
    write_png(options.out, grid(images, columns=options.classes))
    print(f"{options.images} images -> {options.out}")


def generate(model, labels, bias):
    """A generator's images of latent points; returns uint8 images (N, H, W, C)."""
    latents = model.latents(torch.zeros(len(labels), int(model.latent)))
    labels = labels % int(model.classes)
    if bias == 1:
        return model.to_bytes(model.generate(model.weights, latents, labels))
    return model.to_bytes(model.generate_biased(model.weights, latents, labels, torch.tensor(bias)))


def solve(model, labels, guidance):
    """Heun's method from the first noise level to 0; returns uint8 images (N, H, W, C)."""
    levels = model.levels
    x = model.latents(torch.zeros(len(labels), *shape(model)), levels[0])
    for here, there in zip(levels[:-1], levels[1:]):
        step = "heun" if there > 0 else "euler"
        if guidance == 0:
            x = getattr(model, step)(model.weights, x, labels, here, there)
        else:
            x = getattr(model, step + "_guided")(model.weights, x, labels, here, there, torch.tensor(guidance))
    return model.to_bytes(x)


def decode(model, labels, deviation):
    """Means of codes from the normal distribution of this deviation; returns uint8 images (N, H, W, C)."""
    template = torch.zeros(len(labels), int(model.latent[0]))
    return model.draw(model.weights, template, labels, torch.tensor(deviation))


def shape(model):
    return [int(size) for size in model.image_shape]


def grid(images, columns):
    rows = [torch.cat(list(images[i:i + columns]), dim=1) for i in range(0, len(images) // columns * columns, columns)]
    return torch.cat(rows, dim=0)


def write_png(path, pixels):
    height, width, channels = pixels.shape
    lines = b"".join(b"\0" + bytes(row.flatten().tolist()) for row in pixels)

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0 if channels == 1 else 2, 0, 0, 0)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


if __name__ == "__main__":
    main()
