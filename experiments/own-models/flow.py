"""A model of one's own in PyTorch, by the contract of docs/guide/own-models.md: a rectified flow that is told classes."""
import json, os, sys
import numpy as np, torch
from torch import nn

request = json.load(open(sys.argv[2]))
options, device, classes = request["options"], request["device"], len(request["classes"])
steps, batch, width = options.get("steps", 600), options.get("batch", 128), options.get("width", 32)


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.told = nn.Embedding(classes + 1, width)  # the last one: no class is told
        self.time = nn.Sequential(nn.Linear(1, width), nn.SiLU(), nn.Linear(width, width))
        self.first = nn.Conv2d(request["channels"], width, 3, padding=1)
        self.blocks = nn.ModuleList(nn.Conv2d(width, width, 3, padding=2**i, dilation=2**i) for i in (0, 1, 2, 1, 0))
        self.last = nn.Conv2d(width, request["channels"], 3, padding=1)

    def forward(self, x, t, label):
        told = (self.told(label) + self.time(t.view(-1, 1)))[:, :, None, None]
        h = self.first(x)
        for block in self.blocks:
            h = h + block(nn.functional.silu(nn.functional.group_norm(h + told, 8)))
        return self.last(nn.functional.silu(h))


torch.manual_seed(request["seed"])
network = Network().to(device)
if sys.argv[1] == "train":
    data = np.load(request["data"])
    images = torch.from_numpy(data["images"]).permute(0, 3, 1, 2).float().to(device) / 127.5 - 1
    labels, begin, kept = torch.from_numpy(data["labels"]).to(device), 0, request["checkpoint"] + "/state.pt"
    optimizer = torch.optim.AdamW(network.parameters(), lr=options.get("learningRate", 2e-3))
    if os.path.exists(kept):
        state, moments, begin, random = torch.load(kept)
        network.load_state_dict(state), optimizer.load_state_dict(moments), torch.set_rng_state(random)
    for step in range(begin, steps):
        if step % 50 == 0:  # written whole or not at all: a training that is killed goes on from here
            torch.save((network.state_dict(), optimizer.state_dict(), step, torch.get_rng_state()), kept + ".new")
            os.replace(kept + ".new", kept)
        chosen = torch.randint(len(images), (batch,))
        x, noise, t = images[chosen], torch.randn(batch, *images.shape[1:]).to(device), torch.rand(batch).to(device)
        label = torch.where(torch.rand(batch).to(device) < 0.1, classes, labels[chosen])
        mixed = torch.lerp(noise, x, t.view(-1, 1, 1, 1))
        loss = (network(mixed, t, label) - (x - noise)).square().mean()
        optimizer.zero_grad(), loss.backward(), optimizer.step()
        print(json.dumps({"step": step + 1, "steps": steps, "loss": loss.item()}), flush=True)
    torch.save(network.state_dict(), request["model"] + "/network.pt")
else:
    network.load_state_dict(torch.load(request["model"] + "/network.pt"))
    label, guidance = torch.tensor(request["labels"]).to(device), 1 / request["bias"]
    x = torch.randn(request["count"], request["channels"], request["size"], request["size"]).to(device)
    with torch.no_grad():
        for i in range(20):
            t = torch.full((len(x),), i / 20).to(device)
            v, free = network(x, t, label), 0 if guidance == 1 else network(x, t, torch.full_like(label, classes))
            x = x + (free + guidance * (v - free)) / 20
    images = ((x + 1) * 127.5).round().clamp(0, 255).byte().permute(0, 2, 3, 1).cpu().numpy()
    np.savez(request["out"] + "/samples.npz", images=images)
