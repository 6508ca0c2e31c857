"""The transformer of Autophage in PyTorch: the same network, training step and draw of tokens."""
import torch
import torch.nn.functional as F
from torch import nn


def turns(positions, width):
    """Cosines and sines (T, 1, 1, width / 2) of the angles by which pairs of features are turned."""
    frequencies = 10000.0 ** (-2 * torch.arange(width // 2, device=positions.device) / width)
    angles = positions.float()[:, None, None, None] * frequencies
    return angles.cos(), angles.sin()


def turned(x, by):
    """Queries and keys (N, T, 2, heads, width), turned; torch.compile makes no kernels of complex numbers."""
    pairs = x.float().unflatten(-1, (-1, 2))
    cosine, sine = by
    if torch.compiler.is_compiling():
        a, b = pairs.unbind(-1)
        return torch.stack((a * cosine - b * sine, a * sine + b * cosine), -1).flatten(-2).to(x.dtype)
    return torch.view_as_real(torch.view_as_complex(pairs) * torch.complex(cosine, sine)).flatten(-2).to(x.dtype)


class Block(nn.Module):
    def __init__(self, width, heads, layers):
        super().__init__()
        self.heads = heads
        self.attention_norm, self.layer_norm = nn.LayerNorm(width, bias=False), nn.LayerNorm(width, bias=False)
        self.attention_in, self.attention_out = nn.Linear(width, 3 * width, bias=False), nn.Linear(width, width, bias=False)
        self.layer_in, self.layer_out = nn.Linear(width, 4 * width, bias=False), nn.Linear(4 * width, width, bias=False)
        for linear in (self.attention_in, self.attention_out, self.layer_in, self.layer_out):
            outward = linear in (self.attention_out, self.layer_out)
            nn.init.normal_(linear.weight, std=(linear.in_features * (2 * layers if outward else 1)) ** -0.5)

    def forward(self, x, by, cache=None):
        """x (N, T, width); cache: keys and values (2, N, heads, positions before, width of a head), and what follows them."""
        parts = self.attention_in(self.attention_norm(x)).unflatten(-1, (3, self.heads, -1))
        query_key, value = parts.split([2, 1], 2)
        query, key = (part.transpose(1, 2) for part in turned(query_key, by).unbind(2))
        value = value.squeeze(2).transpose(1, 2)
        if cache is not None:
            held, position = cache
            held[0, :, :, position:position + 1], held[1, :, :, position:position + 1] = key, value
            key, value = held[0, :, :, :position + 1], held[1, :, :, :position + 1]
        seen = F.scaled_dot_product_attention(query, key, value, is_causal=cache is None)
        x = x + self.attention_out(seen.transpose(1, 2).flatten(-2))
        return x + self.layer_out(F.gelu(self.layer_in(self.layer_norm(x))))


class Transformer(nn.Module):
    """entries: rows of the embedding, the vocabulary's and perhaps one for what stands in front of sequences."""

    def __init__(self, vocabulary, entries, layers=2, width=64, heads=4):
        super().__init__()
        self.width_of_head = width // heads
        self.embedding = nn.Embedding(entries, width)
        self.blocks = nn.ModuleList(Block(width, heads, layers) for _ in range(layers))
        self.norm = nn.LayerNorm(width, bias=False)
        self.out = nn.Linear(width, vocabulary, bias=False)
        nn.init.normal_(self.embedding.weight, std=width**-0.5)
        nn.init.normal_(self.out.weight, std=width**-0.5)

    def forward(self, tokens, cache=None, position=0):
        """Logits (N, T, vocabulary) of the token after each of tokens (N, T); cache (layers, 2, N, heads, positions, width of a head)."""
        positions = torch.arange(position, position + tokens.shape[1], device=tokens.device)
        by = turns(positions, self.width_of_head)
        x = self.embedding(tokens)
        for layer, block in enumerate(self.blocks):
            x = block(x, by, None if cache is None else (cache[layer], position))
        return self.out(self.norm(x))


class Training:
    """A network, its optimizer and rows to learn, int64 (count, context + 1).

    mode: that of torch.compile, for the loss; None for eager. Optimizer and moving average stay the fused kernels
    """

    def __init__(self, network, rows, batch, precision="float32", mode=None):
        self.network, self.rows, self.batch = network, rows, batch
        self.device = rows.device
        self.autocast = precision == "bfloat16"
        self.parameters = list(network.parameters())
        self.average = [parameter.detach().clone() for parameter in self.parameters]
        self.adam = torch.optim.AdamW(self.parameters, lr=1e-3, betas=(0.9, 0.95), weight_decay=0.1, fused=True)
        self.loss = torch.compile(self.loss_of, mode=mode) if mode else self.loss_of

    def loss_of(self, rows):
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.autocast):
            logits = self.network(rows[:, :-1])
        return F.cross_entropy(logits.float().flatten(0, 1), rows[:, 1:].flatten())

    def step(self):
        torch.compiler.cudagraph_mark_step_begin()
        self.adam.zero_grad()
        loss = self.loss(self.rows[torch.randint(0, len(self.rows), (self.batch,), device=self.device)])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.adam.step()
        with torch.no_grad():
            torch._foreach_lerp_(self.average, self.parameters, 0.01)
        return loss


@torch.no_grad()
def draw(network, count, length, start, cached, heads=4, precision="float32"):
    """Tokens (count, length), none of which ends a sequence: with keys and values in a cache, or from whole beginnings."""
    device = network.embedding.weight.device
    tokens = torch.full((count, length + 1), start, device=device)
    kind = torch.bfloat16 if precision == "bfloat16" else torch.float32
    cache = torch.zeros(len(network.blocks), 2, count, heads, length, network.width_of_head, device=device, dtype=kind)
    with torch.autocast(device.type, torch.bfloat16, enabled=precision == "bfloat16"):
        for position in range(length):
            if cached:
                logits = network(tokens[:, position:position + 1], cache, position)
            else:
                logits = network(tokens[:, :position + 1])
            probabilities = torch.softmax(logits[:, -1].float(), -1)
            tokens[:, position + 1] = torch.multinomial(probabilities, 1)[:, 0]
    return tokens[:, 1:]


def on_random_tokens(vocabulary, context, network, batch, device, **how):
    """Training on random tokens: what they say does not matter for the time."""
    rows = torch.randint(0, vocabulary, (2 * batch, context + 1), device=device)
    return Training(Transformer(vocabulary, vocabulary + 1, **network).to(device), rows, batch, **how)
