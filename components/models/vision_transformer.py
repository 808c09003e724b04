"""The vision transformer: a picture is cut into patches, and every patch attends to all others.

    x_i = W patch_i + position_i        the same W for all patches (sharing); a learnt vector for each place
    X   = [class token; x_1; ...; x_n]
    X   = EncoderLayer(X)               several times
    f(x) = W' norm(X)[class token] + b  or the mean of the patches

Without positions it cannot know where a patch was: the picture is a bag of patches, in any order.
Sources: Dosovitskiy et al. 2021, "An image is worth 16x16 words"; lecture "How to Model", slides "Vision Transformer".
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn

from components.models.blocks import Represent, uniform
from components.models.transformer import EncoderLayer, LayerNorm


def patches(x: Tensor, colours: int, patch: int) -> Tensor:
    """Cut pictures into patches, row by row from the top left, `(r, b, 1, side^2 colours) -> (r, b, n, patch^2 colours)`.

    The picture comes as the slide's long vector, columns on top of each other, colour after colour; a patch is laid out row by
    row, colour after colour.
    """
    r, b = x.shape[:2]
    side = round((x.shape[-1] / colours) ** 0.5)
    whole = x.reshape(r, b, colours, side, side).transpose(3, 4)  # (r, b, colours, rows, columns)
    cut = whole.unfold(3, patch, patch).unfold(4, patch, patch)  # (r, b, colours, k, k, patch, patch)
    return cut.permute(0, 1, 3, 4, 2, 5, 6).reshape(r, b, -1, colours * patch * patch)


class VisionTransformer(nn.Module):
    """Pictures to logits, `(r, b, 1, side^2 colours) -> (r, b, classes)`.

    Args:
        side: pixels along each side of the square picture.
        colours: numbers a pixel.
        classes: how many answers.
        generators: one random generator per replica.
        patch: pixels along each side of a patch; divides `side`.
        d, heads, layers: numbers per patch, attention heads, encoder layers.
        positions: add a learnt vector for each place.
        pool: "class" reads a token of its own that attends to all patches, "mean" the average patch.

    Raises:
        ValueError: the patch does not divide the side.
    """

    def __init__(
        self,
        side: int,
        colours: int,
        classes: int,
        generators: Sequence[Generator],
        patch: int = 7,
        d: int = 48,
        heads: int = 4,
        layers: int = 3,
        positions: bool = True,
        pool: str = "class",
    ) -> None:
        super().__init__()
        if side % patch:
            raise ValueError(f"patches of {patch} pixels do not divide a side of {side}")
        self.colours, self.patch, self.pool = colours, patch, pool
        n = (side // patch) ** 2
        self.embed = Represent(patch * patch * colours, d, generators)
        self.place = uniform((n, d), 0.1, generators) if positions else None
        self.token = uniform((1, d), 0.1, generators) if pool == "class" else None
        self.layers = nn.ModuleList(EncoderLayer(d, heads, generators) for _ in range(layers))
        self.norm = LayerNorm(d, len(generators))
        self.read = Represent(d, classes, generators)

    def elements(self, x: Tensor, order: Tensor | None = None) -> Tensor:
        """What enters the first layer, `(r, b, n, d)`, or n + 1 with the class token first. `order (n,)` shuffles the patches:
        place i gets patch order[i]."""
        cut = patches(x, self.colours, self.patch)
        h = self.embed(cut if order is None else cut[:, :, order])
        if self.place is not None:
            h = h + self.place.unsqueeze(1)
        if self.token is None:
            return h
        return torch.cat([self.token.unsqueeze(1).expand(-1, h.shape[1], -1, -1), h], 2)

    def run(self, x: Tensor, order: Tensor | None = None) -> tuple[Tensor, list[Tensor]]:
        """Logits `(r, b, classes)`, and each layer's attention `(r, b, heads, n, n)`."""
        h, found = self.elements(x, order), []
        for layer in self.layers:
            h, weights = layer(h)
            found.append(weights)
        end = self.norm(h)
        pooled = end[:, :, :1] if self.pool == "class" else end.mean(2, keepdim=True)
        return self.read(pooled).squeeze(2), found

    def attentions(self, x: Tensor) -> list[Tensor]:
        """Each layer's attention weights, `(r, b, heads, n, n)`; row and column 0 are the class token's, if there is one."""
        return self.run(x)[1]

    def matrices(self, x: Tensor, layer: int) -> dict[str, Tensor]:
        """Every matrix of one layer's attention, see `SelfAttention.matrices`, and "x", the elements it starts from."""
        h = self.elements(x)
        for earlier in list(self.layers)[:layer]:
            h, _ = earlier(h)
        own = list(self.layers)[layer]
        assert isinstance(own, EncoderLayer)
        start = own.norm1(h)
        return {"x": start} | own.attention.matrices(start)

    def forward(self, x: Tensor) -> Tensor:
        return self.run(x)[0]
