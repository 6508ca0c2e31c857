"""The network of org.autophage.model.diffusion.UNet in eager PyTorch: same layers, same order, same number of parameters."""
import math

import torch
import torch.nn.functional as F
from torch import nn


def group_norm(channels):
    groups = min(8, channels // 4)
    while channels % groups:
        groups -= 1
    return nn.GroupNorm(groups, channels)


class ResidualBlock(nn.Module):
    def __init__(self, inputs, outputs, width):
        super().__init__()
        self.norm0, self.norm1 = group_norm(inputs), group_norm(outputs)
        self.conv0, self.conv1 = nn.Conv2d(inputs, outputs, 3, padding=1), nn.Conv2d(outputs, outputs, 3, padding=1)
        self.embedding = nn.Linear(width, outputs)
        self.skip = nn.Conv2d(inputs, outputs, 1) if inputs != outputs else nn.Identity()
        nn.init.zeros_(self.conv1.weight)
        nn.init.zeros_(self.conv1.bias)

    def forward(self, x, e):
        h = self.conv0(F.silu(self.norm0(x))) + self.embedding(e)[:, :, None, None]
        return self.skip(x) + self.conv1(F.silu(self.norm1(h)))


class Attention(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.norm = group_norm(channels)
        self.into, self.out = nn.Conv2d(channels, 3 * channels, 1), nn.Conv2d(channels, channels, 1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, x):
        n, c, h, w = x.shape
        query, key, value = self.into(self.norm(x)).reshape(n, 3 * c, h * w).transpose(1, 2).chunk(3, dim=2)
        mixed = F.scaled_dot_product_attention(query, key, value)
        return x + self.out(mixed.transpose(1, 2).reshape(n, c, h, w))


class UNet(nn.Module):
    def __init__(self, image_channels=1, classes=10, channels=32, multipliers=(1, 2), blocks=1, patch=2):
        super().__init__()
        self.patch, self.half, width = patch, channels // 2, 4 * channels
        pixels = image_channels * patch * patch
        sizes = [channels * multiplier for multiplier in multipliers]
        self.level0, self.level1 = nn.Linear(channels, width), nn.Linear(width, width)
        self.label = nn.Embedding(classes + 1, width)
        self.into = nn.Conv2d(pixels, channels, 3, padding=1)
        self.down, self.up = nn.ModuleList(), nn.ModuleList()
        skips, here = [channels], channels
        for r, size in enumerate(sizes):
            for _ in range(blocks):
                self.down.append(ResidualBlock(here, size, width))
                here = size
                skips.append(here)
            if r < len(sizes) - 1:
                self.down.append(nn.Conv2d(here, here, 3, stride=2, padding=1))
                skips.append(here)
        self.middle0, self.attention, self.middle1 = (
            ResidualBlock(here, here, width), Attention(here), ResidualBlock(here, here, width))
        for r, size in reversed(list(enumerate(sizes))):
            for _ in range(blocks + 1):
                self.up.append(ResidualBlock(here + skips.pop(), size, width))
                here = size
            if r > 0:
                self.up.append(nn.Conv2d(here, here, 3, padding=1))
        self.norm, self.out = group_norm(here), nn.Conv2d(here, pixels, 3, padding=1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, x, level, labels):
        frequencies = torch.exp(torch.arange(self.half, device=x.device) * (math.log(1e-4) / self.half))
        angles = level[:, None] * frequencies
        e = self.level1(F.silu(self.level0(torch.cat([angles.cos(), angles.sin()], dim=1))))
        e = F.silu(e + self.label(labels))
        h = self.into(F.pixel_unshuffle(x, self.patch) if self.patch > 1 else x)
        skips = [h]
        for layer in self.down:
            h = layer(h, e) if isinstance(layer, ResidualBlock) else layer(h)
            skips.append(h)
        h = self.middle1(self.attention(self.middle0(h, e)), e)
        for layer in self.up:
            if isinstance(layer, ResidualBlock):
                h = layer(torch.cat([h, skips.pop()], dim=1), e)
            else:
                h = layer(F.interpolate(h, scale_factor=2))
        h = self.out(F.silu(self.norm(h)))
        return F.pixel_shuffle(h, self.patch) if self.patch > 1 else h


DATA_DEVIATION = 0.5


def denoise(network, x, sigma, labels):
    """EDM's preconditioned denoiser (Karras et al. 2022)."""
    variance = DATA_DEVIATION**2
    s = sigma[:, None, None, None]
    total = s**2 + variance
    predicted = network(x / total.sqrt(), sigma.log() * (250 / 4), labels)
    return x * variance / total + predicted * s * DATA_DEVIATION / total.sqrt()
