"""The networks of org.autophage.model.gan's stylegan2 in eager PyTorch, and training steps as Autophage takes them.

Same layers, same order, same number of parameters, as experiments/mnist-gan.yaml has them: labels are told, the mapping network
learns at the rate of the other layers, real images are not weighted. Kept in float32 under autocast, as there: the mapping
network, the sum of colours, the deviation within the batch and the score.
"""
import math

import torch
import torch.nn.functional as F
from torch import nn

LEARNING_RATE, EMA, R1, R1_EVERY = 1e-2, 0.999, 4, 16


def activated(x):
    return F.leaky_relu(x, 0.2) * math.sqrt(2)


def normalized(rows):
    return rows * (rows.square().mean(dim=1, keepdim=True) + 1e-8).rsqrt()


def membership(labels, classes):
    """1 where an image is of a class (N, classes); F.one_hot would look at the labels, and wait for a GPU."""
    return (labels[:, None] == torch.arange(classes, device=labels.device)).float()


def class_means(belongs, rows):
    """Means of rows (N, width) over the images of each class (classes, width); 0 for classes without one."""
    return belongs.T @ rows / belongs.sum(dim=0).clamp(min=1)[:, None]


def float32(x):
    """A context without autocast on the device of x."""
    return torch.autocast(x.device.type, enabled=False)


class Linear(nn.Module):
    """Equalized learning rate: weights begin as N(0, 1) and are scaled to variance 1/inputs whenever they are used."""

    def __init__(self, inputs, outputs, bias=0.0):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs))
        self.bias = nn.Parameter(torch.full((outputs,), bias))
        self.scale = 1 / math.sqrt(inputs)

    def forward(self, x):
        return F.linear(x, self.weight * self.scale, self.bias)


class Conv(nn.Module):
    """A convolution of equalized learning rate that keeps the size."""

    def __init__(self, inputs, outputs, size, bias=True):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs, size, size))
        self.bias = nn.Parameter(torch.zeros(outputs)) if bias else None
        self.scale, self.padding = 1 / math.sqrt(inputs * size * size), size // 2

    def scaled(self):
        return self.weight * self.scale

    def biased(self, x):
        return x + self.bias.to(x.dtype)[:, None, None]

    def forward(self, x):
        x = F.conv2d(x, self.scaled(), padding=self.padding)
        return x if self.bias is None else self.biased(x)


class Modulated(Conv):
    """Weights scaled by an image's style and then to unit norm, as a scaled input and output of one convolution for all."""

    def __init__(self, inputs, outputs, size, latent):
        super().__init__(inputs, outputs, size)
        self.style = Linear(latent, inputs, bias=1.0)

    def modulated(self, x, w, demodulate):
        style, weight = self.style(w), self.scaled()
        x = F.conv2d(x * style[:, :, None, None].to(x.dtype), weight, padding=self.padding)
        if not demodulate:
            return x
        norm = (style.square() @ weight.square().sum(dim=(2, 3)).T + 1e-8).rsqrt()
        return x * norm[:, :, None, None].to(x.dtype)


class Styled(Modulated):
    def __init__(self, inputs, outputs, latent, doubles):
        super().__init__(inputs, outputs, 3, latent)
        self.noise, self.doubles = nn.Parameter(torch.zeros(1)), doubles

    def forward(self, x, w):
        x = self.modulated(x, w, demodulate=True)
        if self.doubles:
            x = F.interpolate(x, scale_factor=2, mode="bilinear")
        x = x + torch.randn_like(x[:, :1]) * self.noise.to(x.dtype)
        return activated(self.biased(x))


class Colours(Modulated):
    def __init__(self, inputs, outputs, latent):
        super().__init__(inputs, outputs, 1, latent)

    def forward(self, x, w):
        return self.biased(self.modulated(x, w, demodulate=False)).float()


class Block(nn.Module):
    """The layers of one resolution."""

    def __init__(self, inputs, outputs, colours, latent, first):
        super().__init__()
        self.styled = nn.ModuleList([Styled(inputs, outputs, latent, doubles=not first)])
        if not first:
            self.styled.append(Styled(outputs, outputs, latent, doubles=False))
        self.colours = Colours(outputs, colours, latent)

    def forward(self, x, w):
        for layer in self.styled:
            x = layer(x, w)
        return x, self.colours(x, w)


class Mapping(nn.Module):
    def __init__(self, latent, layers, classes):
        super().__init__()
        self.label = nn.Parameter(torch.randn(classes, latent))
        self.layers = nn.ModuleList(Linear(latent * (2 if i == 0 else 1), latent) for i in range(layers))
        self.register_buffer("average", torch.zeros(classes, latent))

    def forward(self, latents, labels):
        with float32(latents):
            w = torch.cat([normalized(latents), normalized(F.embedding(labels, self.label))], dim=1)
            for layer in self.layers:
                w = activated(layer(w))
            return w

    def averages(self, w, labels):
        """Of every class the batch's mean of w, or what was there before."""
        belongs = membership(labels, len(self.average))
        seen = belongs.sum(dim=0).clamp(max=1)[:, None]
        return self.average + (class_means(belongs, w) - self.average) * seen


class Synthesis(nn.Module):
    def __init__(self, base, widths, colours, latent):
        super().__init__()
        self.constant = nn.Parameter(torch.randn(1, widths[0], base, base))
        self.blocks = nn.ModuleList(
            Block(widths[max(0, i - 1)], width, colours, latent, first=i == 0) for i, width in enumerate(widths))

    def forward(self, w):
        x, colours = self.blocks[0](self.constant, w)
        for block in self.blocks[1:]:
            x, more = block(x, w)
            colours = F.interpolate(colours, scale_factor=2, mode="bilinear") + more
        return colours


class Generator(nn.Module):
    def __init__(self, base, widths, colours, latent, mapping_layers, classes):
        super().__init__()
        self.mapping = Mapping(latent, mapping_layers, classes)
        self.synthesis = Synthesis(base, widths, colours, latent)

    def forward(self, latents, labels):
        return self.synthesis(self.mapping(latents, labels))


class Residual(nn.Module):
    """Halves the size."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv0, self.conv1 = Conv(inputs, inputs, 3), Conv(inputs, outputs, 3)
        self.skip = Conv(inputs, outputs, 1, bias=False)

    def forward(self, x):
        h = activated(self.conv1(F.avg_pool2d(activated(self.conv0(x)), 2)))
        return (h + self.skip(F.avg_pool2d(x, 2))) * math.sqrt(0.5)


class Discriminator(nn.Module):
    def __init__(self, base, widths, colours, classes):
        super().__init__()
        widths = widths[::-1]
        last = widths[-1]
        self.into = Conv(colours, widths[0], 1)
        self.blocks = nn.ModuleList(Residual(*pair) for pair in zip(widths, widths[1:]))
        self.convolution = Conv(last + 1, last, 3)
        self.features, self.score = Linear(last * base * base, last), Linear(last, 1)
        self.label = nn.Parameter(torch.randn(classes, last))

    def forward(self, images, labels):
        x = activated(self.into(images))
        for block in self.blocks:
            x = block(x)
        x = torch.cat([x, self.deviation(x, labels).to(x.dtype)], dim=1)
        features = activated(self.features(activated(self.convolution(x)).flatten(1))).float()
        with float32(features):
            projected = (features * F.embedding(labels, self.label)).sum(dim=1)
            return self.score(features)[:, 0] + projected / math.sqrt(features.shape[1])

    def deviation(self, x, labels):
        """That of every feature among the images of a class, averaged over features and places (N, 1, H, W)."""
        with float32(x):
            rows, belongs = x.float().flatten(1), membership(labels, len(self.label))
            variance = class_means(belongs, (rows - belongs @ class_means(belongs, rows)).square())
            deviation = (variance + 1e-8).sqrt().mean(dim=1, keepdim=True)
            return (belongs @ deviation)[:, :, None, None].expand(-1, 1, *x.shape[2:])


def networks(size, image_channels=1, channels=16, max_channels=256, latent=64, mapping_layers=2, classes=10):
    """Generator and discriminator; a halving of the size doubles the channels."""
    base, doublings = size, 0
    while base > 7 and base % 2 == 0:
        base, doublings = base // 2, doublings + 1
    widths = [min(max_channels, channels << i) for i in reversed(range(doublings + 1))]
    return (Generator(base, widths, image_channels, latent, mapping_layers, classes),
            Discriminator(base, widths, image_channels, classes))


class Training:
    """Both networks, their optimizers and images to learn. A step is one of the discriminator and one of the generator.

    precision: float32, or bfloat16 by autocast, with float32 weights
    mode: that of torch.compile, for images and losses; None for eager. Steps with the penalty are eager, because torch.compile
        cannot take a gradient of a gradient; optimizers and moving average stay the fused kernels
    """

    def __init__(self, generator, discriminator, images, labels, batch, precision="float32", mode=None):
        self.generator, self.discriminator = generator, discriminator
        self.images, self.labels, self.batch = images, labels, batch
        self.device, self.latent = images.device, generator.mapping.average.shape[1]
        self.autocast = precision == "bfloat16"
        self.averaged = [*generator.parameters(), generator.mapping.average]
        self.average = [value.detach().clone() for value in self.averaged]
        self.adams = [torch.optim.Adam(network.parameters(), lr=LEARNING_RATE, betas=(0.0, 0.99), fused=True)
                      for network in (generator, discriminator)]
        self.taken = 0
        def wrap(function):
            return torch.compile(function, mode=mode) if mode else function

        self.generate, self.generator_loss = wrap(self.generated), wrap(self.generator_loss_of)
        self.discriminator_loss = wrap(self.discriminator_loss_of)

    def precision(self):
        return torch.autocast(self.device.type, torch.bfloat16, enabled=self.autocast)

    def generated(self, latents, labels):
        with torch.no_grad(), self.precision():
            return self.generator(latents, labels)

    def generator_loss_of(self, latents, labels):
        """The loss, and the mapping network's means with this batch."""
        with self.precision():
            w = self.generator.mapping(latents, labels)
            scores = self.discriminator(self.generator.synthesis(w), labels)
        return F.softplus(-scores).mean(), self.generator.mapping.averages(w.detach(), labels)

    def discriminator_loss_of(self, real, fake, labels):
        return self.loss_of_scores(*self.scores(real, fake, labels))

    def penalized_loss(self, real, fake, labels):
        """With R1 (Mescheder et al. 2018), as many times as heavy as there are steps from one to the next."""
        real.requires_grad_()
        real_scores, fake_scores = self.scores(real, fake, labels)
        gradient, = torch.autograd.grad(real_scores.sum(), real, create_graph=True)
        penalty = gradient.square().sum(dim=(1, 2, 3)).mean()
        return self.loss_of_scores(real_scores, fake_scores) + penalty * (R1 / 2 * R1_EVERY)

    def scores(self, real, fake, labels):
        with self.precision():
            return self.discriminator(real, labels), self.discriminator(fake, labels)

    def loss_of_scores(self, real, fake):
        return F.softplus(-real).mean() + F.softplus(fake).mean()

    def step(self):
        chosen = torch.randint(0, len(self.images), (self.batch,), device=self.device)
        labels = self.labels[chosen]
        self.discriminator_step(self.images[chosen].float() / 127.5 - 1, labels)
        loss = self.generator_step(labels)
        self.taken += 1
        return loss

    def discriminator_step(self, real, labels):
        fake = self.generate(torch.randn(self.batch, self.latent, device=self.device), labels)
        penalized = (self.taken + 1) % R1_EVERY == 0
        loss = (self.penalized_loss if penalized else self.discriminator_loss)(real, fake, labels)
        self.descend(self.adams[1], loss)

    def generator_step(self, labels):
        self.discriminator.requires_grad_(False)
        loss, averages = self.generator_loss(torch.randn(self.batch, self.latent, device=self.device), labels)
        self.descend(self.adams[0], loss)
        self.discriminator.requires_grad_(True)
        with torch.no_grad():
            self.generator.mapping.average.copy_(averages)
            torch._foreach_lerp_(self.average, self.averaged, 1 - EMA)
        return loss

    def descend(self, adam, loss):
        adam.zero_grad()
        loss.backward()
        adam.step()


def on_random_images(size, batch, device, precision="float32", mode=None, **network):
    """Training on random pixels: what they show does not matter for the time.

    network: its channels, max_channels, latent
    """
    images = torch.randint(0, 256, (2 * batch, 1, size, size), dtype=torch.uint8, device=device)
    labels = torch.randint(0, 10, (2 * batch,), device=device)
    both = (part.to(device) for part in networks(size, **network))
    return Training(*both, images, labels, batch, precision, mode)
