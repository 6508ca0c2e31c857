"""Samplers as Autophage has them, on the noise levels of Karras et al. 2022 ("EDM"): Heun's method and DDIM (Euler's)."""
import contextlib

import torch

from unet import denoise

LOWEST, HIGHEST, RHO = 0.002, 80.0, 7.0


def noise_levels(steps):
    """The falling levels and the 0 that ends them."""
    high, low = HIGHEST ** (1 / RHO), LOWEST ** (1 / RHO)
    return [(high + i / (steps - 1) * (low - high)) ** RHO for i in range(steps)] + [0.0]


def slope(network, x, level, labels):
    """dx/dσ of the probability-flow ODE."""
    sigma = torch.full((len(x),), level, device=x.device)
    return (x - denoise(network, x, sigma, labels)) / level


@torch.no_grad()
def draw(network, labels, shape, steps, sampler, precision="float32"):
    """Images of these labels as uint8 (N, H, W, C); shape is that of one image, (C, H, W)."""
    levels = noise_levels(steps)
    device = labels.device
    autocast = torch.autocast(device.type, torch.bfloat16) if precision == "bfloat16" else contextlib.nullcontext()
    with autocast:
        x = torch.randn(len(labels), *shape, device=device) * levels[0]
        for here, there in zip(levels[:-1], levels[1:]):
            first = slope(network, x, here, labels)
            following = x + (there - here) * first
            if sampler == "heun" and there > 0:
                second = slope(network, following, there, labels)
                following = x + (there - here) * (first + second) / 2
            x = following
    return (x * 127.5 + 127.5).clamp(0, 255).round().to(torch.uint8).permute(0, 2, 3, 1).contiguous()


def draw_in_chunks(network, count, shape, steps, sampler, chunk, precision="float32", device="cpu"):
    """So many images of labels 0, 1, … in turn, a chunk at a time."""
    labels = torch.arange(count, device=device) % 10
    parts = [draw(network, part, shape, steps, sampler, precision) for part in labels.split(chunk)]
    return torch.cat(parts).cpu()
