"""Training steps as Autophage takes them: same network, batch, noise, loss, clipping, fused Adam and moving average."""
import torch

from unet import DATA_DEVIATION, UNet, denoise


class Training:
    """A network, its optimizer and images to learn.

    precision: float32, or bfloat16 by autocast, with float32 weights
    mode: that of torch.compile, for noise and loss; None for eager. Optimizer and moving average stay the fused kernels
    channels_last: convolutions' weights and the network's input as NHWC, which tensor cores read without transposing
    """

    def __init__(self, network, images, labels, batch, precision="float32", mode=None, channels_last=False):
        self.network, self.images, self.labels, self.batch = network, images, labels, batch
        self.device = images.device
        self.autocast = precision == "bfloat16"
        self.layout = torch.channels_last if channels_last else torch.contiguous_format
        network.to(memory_format=self.layout)
        self.parameters = list(network.parameters())
        self.average = [parameter.detach().clone() for parameter in self.parameters]
        self.adam = torch.optim.Adam(self.parameters, lr=1e-3, betas=(0.9, 0.99), fused=True)
        self.loss = torch.compile(self.loss_of, mode=mode) if mode else self.loss_of

    def loss_of(self, clean, noise, sigma, labels):
        noisy = (clean + noise * sigma[:, None, None, None]).contiguous(memory_format=self.layout)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.autocast):
            denoised = denoise(self.network, noisy, sigma, labels)
        weight = (sigma**2 + DATA_DEVIATION**2) / (sigma * DATA_DEVIATION) ** 2
        return (weight[:, None, None, None] * (denoised - clean) ** 2).mean()

    def step(self):
        torch.compiler.cudagraph_mark_step_begin()
        self.adam.zero_grad()  # before the loss: under CUDA graphs the last step's gradients lie in the graph's memory
        chosen = torch.randint(0, len(self.images), (self.batch,), device=self.device)
        clean = self.images[chosen].float() / 127.5 - 1
        labels = self.labels[chosen]
        labels = torch.where(torch.rand(self.batch, device=self.device) < 0.1, 10, labels)
        sigma = (torch.randn(self.batch, device=self.device) * 1.2 - 1.2).exp()
        loss = self.loss(clean, torch.randn_like(clean), sigma, labels)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.adam.step()
        with torch.no_grad():
            torch._foreach_lerp_(self.average, self.parameters, 0.001)
        return loss


def on_random_images(size, network, batch, device, **how):
    """Training on random pixels: what they show does not matter for the time.

    network: its image_channels, channels, multipliers, blocks and patch
    """
    shape = (2 * batch, network["image_channels"], size, size)
    images = torch.randint(0, 256, shape, dtype=torch.uint8, device=device)
    labels = torch.randint(0, 10, (2 * batch,), device=device)
    return Training(UNet(**network).to(device), images, labels, batch, **how)
