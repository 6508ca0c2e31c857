#!/usr/bin/env python3
"""Draws images from a model.pt of a run with PyTorch alone:

    python3 docs/sample_model.py runs/NAME/seed-0/generation-001/model.pt --images 100 --out grid.png --out samples.npz

--out may be given several times: .png is a grid of the images, .npz has `images` (uint8, N × height × width × channels),
`labels` (int64) and `classes` (their number), which `autophage evaluate` reads, and `names`, what the classes are called.

The file is a TorchScript module whose methods take its buffer `weights` (flat parameters) first. It has `image_shape`
(channels, height, width), `classes`, the number of its classes, 1 if it was not told labels, and a file `classes.json` with
their names. A diffusion model has `levels`, the falling noise levels of the spec's sampler, ending in 0; an autoencoder has
`latent`, the dimensions of its codes; a GAN has that of its latent points. Image i is of class i mod the number of classes,
or of those only that --classes or --only ask for, in turn.
"""
import argparse
import json
import math
import struct
import sys
import zlib

import torch


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("model")
    arguments.add_argument("--images", type=int, default=100)
    arguments.add_argument("--classes", type=int, help="the first so many classes only")
    arguments.add_argument("--only", help="classes by their names, such as cat,dog")
    arguments.add_argument("--bias", type=float, default=1.0, help="sampling bias λ in (0, 1]; 1 is unbiased")
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--device", default="cpu", help="cpu, cuda, cuda:1, …")
    arguments.add_argument("--batch", type=int, default=500, help="images drawn at a time")
    arguments.add_argument("--out", action="append", help="a .png or .npz file; grid.png without it")
    options = arguments.parse_args()
    outs = options.out or ["grid.png"]
    for out in outs:
        if not out.endswith((".png", ".npz")):
            refuse(f"--out {out}: must end in .png or .npz")
    if options.images < 1 or options.batch < 1:
        refuse("--images and --batch must be at least 1")
    if not 0 < options.bias <= 1:
        refuse(f"--bias {options.bias}: must be above 0 and at most 1")
    device = device_of(options.device)

    extra = {"classes.json": ""}
    model = torch.jit.load(options.model, map_location=device, _extra_files=extra)
    names = names_of(model, extra["classes.json"])
    chosen = chosen_classes(options.classes, options.only, names)
    torch.manual_seed(options.seed)
    labels = torch.tensor(chosen, device=device)[torch.arange(options.images, device=device) % len(chosen)]
    with torch.no_grad():
        images = torch.cat([draw(model, some, options.bias).cpu() for some in labels.split(options.batch)])
    for out in outs:
        if out.endswith(".npz"):
            write_npz(out, images, labels.cpu(), names)
        else:
            write_png(out, grid(images, columns_of(len(chosen))))
    shown = ", ".join(names[label] for label in chosen[:20]) + (", …" if len(chosen) > 20 else "")
    print(f"{options.images} images of {len(chosen)} of {len(names)} classes ({shown}) -> {', '.join(outs)}")


def refuse(message):
    sys.exit("sample_model.py: " + message)


def device_of(name):
    try:
        device = torch.device(name)
        torch.zeros(1, device=device)
        return device
    except (RuntimeError, AssertionError, NotImplementedError) as e:
        refuse(f"--device {name} cannot be used: {str(e).splitlines()[0]}")


def names_of(model, listed):
    """What the model's classes are called; files of earlier versions say at most how many there are."""
    if listed:
        return json.loads(listed)
    if hasattr(model, "classes"):
        return [str(label) for label in range(int(model.classes))]
    refuse("the model says nothing of its classes: it was saved by an earlier version; go on with its run, or train it again")


def chosen_classes(count, only, names):
    if count is not None and not 1 <= count <= len(names):
        refuse(f"--classes {count}: the model has {len(names)}")
    if only is None:
        return list(range(count or len(names)))
    chosen = []
    for name in only.split(","):
        if name not in names:
            shown = ", ".join(names[:20]) + (", …" if len(names) > 20 else "")
            refuse(f"--only {only}: there is no class {name}; the model has {len(names)}: {shown}")
        chosen.append(names.index(name))
    return chosen


def draw(model, labels, bias):
    """Images of classes; uint8 (N, H, W, C)."""
    if hasattr(model, "levels"):
        return solve(model, labels, 1 / bias - 1)
    if hasattr(model, "generate"):
        return generate(model, labels, bias)
    return decode(model, labels, bias**0.5)


def generate(model, labels, bias):
    """A generator's images of latent points; returns uint8 images (N, H, W, C)."""
    latents = model.latents(torch.zeros(len(labels), int(model.latent), device=labels.device))
    if bias == 1:
        return model.to_bytes(model.generate(model.weights, latents, labels))
    return model.to_bytes(model.generate_biased(model.weights, latents, labels, torch.tensor(bias, device=labels.device)))


def solve(model, labels, guidance):
    """Heun's method from the first noise level to 0; returns uint8 images (N, H, W, C)."""
    levels = model.levels
    if guidance > 0 and not hasattr(model, "heun_guided"):
        refuse("--bias: the model was trained without hiding labels (model.labelDropout), so that there is no guidance")
    x = model.latents(torch.zeros(len(labels), *shape(model), device=labels.device), levels[0])
    for here, there in zip(levels[:-1], levels[1:]):
        step = "heun" if there > 0 else "euler"
        if guidance == 0:
            x = getattr(model, step)(model.weights, x, labels, here, there)
        else:
            strength = torch.tensor(guidance, device=labels.device)
            x = getattr(model, step + "_guided")(model.weights, x, labels, here, there, strength)
    return model.to_bytes(x)


def decode(model, labels, deviation):
    """Means of codes from the normal distribution of this deviation; returns uint8 images (N, H, W, C)."""
    template = torch.zeros(len(labels), int(model.latent[0]), device=labels.device)
    return model.draw(model.weights, template, labels, torch.tensor(deviation, device=labels.device))


def shape(model):
    return [int(size) for size in model.image_shape]


def columns_of(classes):
    """About ten, so that each column is of one class; as in a run's grids."""
    return 10 if classes > 20 else max(1, math.floor(10 / classes + 0.5)) * classes


def grid(images, columns):
    """Images row by row, on grey where the last row is not full."""
    columns = min(columns, len(images))
    rows = math.ceil(len(images) / columns)
    _, height, width, channels = images.shape
    padded = torch.full((rows * columns, height, width, channels), 0x80, dtype=torch.uint8)
    padded[: len(images)] = images
    return padded.view(rows, columns, height, width, channels).permute(0, 2, 1, 3, 4).reshape(
        rows * height, columns * width, channels)


def write_npz(path, images, labels, names):
    import numpy

    numpy.savez(path, images=images.numpy(), labels=labels.numpy(), classes=numpy.int64(len(names)), names=numpy.array(names))


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
