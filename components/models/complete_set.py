"""Set completion and generation: a point cloud becomes one vector, and the vector a point cloud.

    z = max_j phi(x_j),    y_1 ... y_m = rho(z)        completion
    z ~ N(mu(x), sigma(x)^2),    y_1 ... y_m = rho(z)    generation; z ~ N(0, 1) gives a new cloud

phi is shared by all points and the maximum does not see their order, so nor does the answer. rho gives its points in a fixed
order that means nothing: the Chamfer distance compares them as sets. Sources: PCN (Yuan et al. 2018) for completion;
variational autoencoder (Kingma & Welling 2014); Achlioptas et al. 2018 for point clouds.
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn

from components.models.blocks import Represent
from components.models.pools import Max


class Encode(nn.Module):
    """A cloud as one vector, invariant to the order: `(r, b, n, d) -> (r, b, 1, h)`; two layers, one maximum."""

    def __init__(self, d: int, h: int, generators: Sequence[Generator]) -> None:
        super().__init__()
        self.phi1 = Represent(d, h, generators)
        self.phi2 = Represent(h, h, generators)
        self.pool = Max(h, 0, generators)

    def forward(self, x: Tensor) -> Tensor:
        return self.pool(self.phi2(self.phi1(x).relu())).unsqueeze(2)


class Decode(nn.Module):
    """One vector as a cloud of m points: `(r, b, 1, z) -> (r, b, m, e)`; two layers."""

    def __init__(self, z: int, h: int, m: int, e: int, generators: Sequence[Generator]) -> None:
        super().__init__()
        self.shape = (m, e)
        self.rho1 = Represent(z, h, generators)
        self.rho2 = Represent(h, m * e, generators)

    def forward(self, z: Tensor) -> Tensor:
        return self.rho2(self.rho1(z).relu()).unflatten(-1, self.shape).squeeze(2)


class CompleteSet(nn.Module):
    """The m points that are missing, from those that are there: `(r, b, n, d) -> (r, b, m, d)`."""

    def __init__(self, d: int, m: int, generators: Sequence[Generator], h: int = 128) -> None:
        super().__init__()
        self.encode = Encode(d, h, generators)
        self.decode = Decode(h, h, m, d, generators)

    def forward(self, x: Tensor) -> Tensor:
        return self.decode(self.encode(x).relu())


class GenerateSet(nn.Module):
    """A variational autoencoder of clouds: `(r, b, n, d) -> (r, b, m, d)`, the cloud it was given made again.

    While gradients are computed, z is drawn from N(mu, sigma^2) and `penalty (r,)` is

        weight * mean over the batch of KL( N(mu, sigma^2) || N(0, 1) ) = weight * sum (mu^2 + sigma^2 - 1 - log sigma^2) / 2

    which pulls the vectors of all clouds together into the normal distribution that `generate` draws from. Else z is mu.
    """

    def __init__(self, d: int, m: int, generators: Sequence[Generator], h: int = 128, z: int = 16, weight: float = 1e-3) -> None:
        super().__init__()
        self.z, self.weight = z, weight
        self.encode = Encode(d, h, generators)
        self.latent = Represent(h, 2 * z, generators)
        self.decode = Decode(z, h, m, d, generators)
        self.seeds = [int(torch.randint(2**31, (1,), generator=g)) for g in generators]
        self.noise: list[Generator] | None = None  # one per replica, so that it learns the same alone and in a stack
        self.penalty: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        mu, spread = self.latent(self.encode(x).relu()).chunk(2, -1)  # spread is log sigma^2
        if not torch.is_grad_enabled():
            self.penalty = None
            return self.decode(mu)
        self.penalty = self.weight * (mu.square() + spread.exp() - 1 - spread).sum(-1).mean((1, 2)) / 2
        if self.noise is None:
            self.noise = [Generator().manual_seed(seed) for seed in self.seeds]
        noise = torch.stack([torch.randn(mu.shape[1:], generator=g) for g in self.noise]).to(mu.device)
        return self.decode(mu + (spread / 2).exp() * noise)

    def generate(self, count: int, generator: Generator) -> Tensor:
        """New clouds from noise alone, `(r, count, m, d)`; every replica is given the same noise."""
        weight = self.decode.rho1.weight
        noise = torch.randn(1, count, 1, self.z, generator=generator).to(weight.device)
        return self.decode(noise.expand(len(weight), -1, -1, -1))
