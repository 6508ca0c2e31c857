"""A whole generation the straightforward way: a DataLoader, an eager loop, and Fréchet distance, precision, recall, density
and coverage as the usual scripts compute them, with SciPy's matrix root and with whole matrices of distances.
"""
import time

import numpy as np
import scipy.linalg
import torch
from sklearn.metrics import pairwise_distances
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from sampling import draw_in_chunks
from unet import DATA_DEVIATION, UNet, denoise


class LeNet(nn.Module):
    """The layers of Autophage's LeNet up to its features; what the weights are does not matter for the time."""

    def __init__(self, size):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(6, 16, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(16 * (size // 4) ** 2, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU())

    @torch.no_grad()
    def features(self, images):
        """Rows of float64 of uint8 images (N, H, W, 1)."""
        planes = images.permute(0, 3, 1, 2).float() / 127.5 - 1
        return torch.cat([self.layers(part) for part in planes.split(250)]).double().numpy()


def train(images, labels, network, steps, batch):
    loader = DataLoader(TensorDataset(images, labels), batch_size=batch, shuffle=True, drop_last=True)
    adam = torch.optim.Adam(network.parameters(), lr=3e-3, betas=(0.9, 0.99))
    average = torch.optim.swa_utils.AveragedModel(network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.99))
    taken = 0
    while taken < steps:
        for clean, chosen in loader:
            clean = clean.float() / 127.5 - 1
            chosen = torch.where(torch.rand(len(chosen)) < 0.1, 10, chosen)
            sigma = (torch.randn(len(clean)) * 1.2 - 0.4).exp()
            noisy = clean + torch.randn_like(clean) * sigma[:, None, None, None]
            weight = (sigma**2 + DATA_DEVIATION**2) / (sigma * DATA_DEVIATION) ** 2
            loss = (weight[:, None, None, None] * (denoise(network, noisy, sigma, chosen) - clean) ** 2).mean()
            adam.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            adam.step()
            average.update_parameters(network)
            taken += 1
            if taken == steps:
                break
    return average.module


def frechet_distance(real, fake):
    gap = real.mean(axis=0) - fake.mean(axis=0)
    one, other = np.cov(real, rowvar=False), np.cov(fake, rowvar=False)
    root = scipy.linalg.sqrtm(one @ other)
    return gap @ gap + np.trace(one) + np.trace(other) - 2 * np.trace(root.real)


def prdc(real, fake, neighbours):
    """Precision, recall (arXiv 1904.06991), density and coverage (arXiv 2002.09797)."""

    def radii(features):
        distances = pairwise_distances(features, metric="euclidean", n_jobs=8)
        return np.partition(distances, neighbours, axis=1)[:, neighbours]

    real_radii, fake_radii = radii(real), radii(fake)
    distances = pairwise_distances(real, fake, metric="euclidean", n_jobs=8)
    in_real_ball = distances < real_radii[:, None]
    return {
        "precision": in_real_ball.any(axis=0).mean(),
        "recall": (distances < fake_radii[None, :]).any(axis=1).mean(),
        "density": in_real_ball.sum(axis=0).mean() / neighbours,
        "coverage": (distances.min(axis=1) < real_radii).mean(),
    }


class Generation:
    """What a generation needs; run() times its three parts.

    sampler, steps of the sampler, chunk: how `samples` images are drawn
    """

    def __init__(self, size, initial, holdout, steps, batch, samples, sampler, sampler_steps, chunk, neighbours, **network):
        self.size, self.steps, self.batch, self.samples, self.network = size, steps, batch, samples, network
        self.sampler, self.sampler_steps, self.chunk, self.neighbours = sampler, sampler_steps, chunk, neighbours
        self.images = torch.randint(0, 256, (initial, 1, size, size), dtype=torch.uint8)
        self.labels = torch.arange(initial) % 10
        self.extractor = LeNet(size)
        held = torch.randint(0, 256, (holdout, size, size, 1), dtype=torch.uint8)
        self.reference = self.extractor.features(held)

    def run(self):
        start = time.perf_counter()
        network = train(self.images, self.labels, UNet(**self.network), self.steps, self.batch)
        trained = time.perf_counter()
        shape = (1, self.size, self.size)
        drawn = draw_in_chunks(network, self.samples, shape, self.sampler_steps, self.sampler, self.chunk)
        sampled = time.perf_counter()
        features = self.extractor.features(drawn)
        frechet_distance(self.reference, features)
        prdc(self.reference, features, self.neighbours)
        end = time.perf_counter()
        return {"seconds": end - start, "trainSeconds": trained - start, "sampleSeconds": sampled - trained,
                "metricSeconds": end - sampled}
