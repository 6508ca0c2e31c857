#!/usr/bin/env python3
"""Times training steps of the same network, batch and optimizer as Autophage's, in eager PyTorch with fused Adam.

    python3 benchmarks/pytorch/training_step.py --size 28 --batch 128 --steps 20

Prints one JSON line: milliseconds a step (median) and images a second.
"""
import argparse
import json
import statistics
import time

import torch
from unet import DATA_DEVIATION, UNet, denoise


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--size", type=int, default=28)
    arguments.add_argument("--batch", type=int, default=128)
    arguments.add_argument("--channels", type=int, default=32)
    arguments.add_argument("--patch", type=int, default=2)
    arguments.add_argument("--steps", type=int, default=20)
    arguments.add_argument("--warmup", type=int, default=5)
    arguments.add_argument("--compile", action="store_true", help="torch.compile instead of eager")
    options = arguments.parse_args()

    network = UNet(channels=options.channels, patch=options.patch)
    average = [parameter.detach().clone() for parameter in network.parameters()]
    call = torch.compile(network) if options.compile else network
    adam = torch.optim.Adam(network.parameters(), lr=1e-3, betas=(0.9, 0.99), fused=True)
    images = torch.randint(0, 256, (10_000, 1, options.size, options.size), dtype=torch.uint8)
    all_labels = torch.randint(0, 10, (10_000,))

    def step():
        chosen = torch.randint(0, len(images), (options.batch,))
        clean = images[chosen].float() / 127.5 - 1
        labels = all_labels[chosen]
        labels = torch.where(torch.rand(options.batch) < 0.1, 10, labels)
        sigma = (torch.randn(options.batch) * 1.2 - 1.2).exp()
        noisy = clean + torch.randn_like(clean) * sigma[:, None, None, None]
        weight = (sigma**2 + DATA_DEVIATION**2) / (sigma * DATA_DEVIATION) ** 2
        loss = (weight[:, None, None, None] * (denoise(call, noisy, sigma, labels) - clean) ** 2).mean()
        adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        adam.step()
        with torch.no_grad():
            torch._foreach_lerp_(average, list(network.parameters()), 0.001)
        return loss.item()

    for _ in range(options.warmup):
        step()
    times = []
    for _ in range(options.steps):
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    median = statistics.median(times)
    print(json.dumps({
        "framework": f"PyTorch {torch.__version__}" + (" torch.compile" if options.compile else " eager"),
        "threads": torch.get_num_threads(),
        "size": options.size,
        "batch": options.batch,
        "parameters": sum(parameter.numel() for parameter in network.parameters()),
        "millisecondsPerStep": round(1000 * median, 2),
        "imagesPerSecond": round(options.batch / median, 1),
    }))


if __name__ == "__main__":
    main()
