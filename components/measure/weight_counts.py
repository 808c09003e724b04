"""How many weights a first layer of a picture network has, by its kind, for the same outputs: f numbers at each of P places.

    fully connected      S^2 c x n        every output sees every pixel; n = P f, the size of the output (the slide's 40,000 x n)
    locally connected    k^2 c x n        every output sees its own window, with weights of its own
    convolution          k^2 c x f        one window of weights per filter, the same at all places
    patch attention      k^2 c x f + 3 f^2    patches of k x k embedded by one map, then Wq, Wk, Wv; any patch may see any other

Biases are not counted, as on the slide. Source: lecture "How to Model", slides "Convolutional Neural Networks" and "Vision
Transformer".
"""

from typing import NamedTuple


class Counts(NamedTuple):
    """One kind of layer, and the read-out that follows it."""

    name: str
    local: bool
    share: bool
    layer: int
    readout: int
    places: int  # where outputs stand
    outputs: int  # numbers that come out of the layer, n
    words: str  # the layer's product, with its numbers

    @property
    def total(self) -> int:
        """All weights."""
        return self.layer + self.readout


def weight_counts(side: int, colours: int, window: int, filters: int, classes: int, pool: bool) -> list[Counts]:
    """The four kinds, in the order fully connected, locally connected, convolution, patch attention.

    Args:
        side: pixels along each side of the picture, S.
        colours: numbers a pixel, c.
        window: pixels along each side of the window, and of a patch, k.
        filters: numbers at each place, f.
        classes: answers of the read-out.
        pool: whether places are pooled before the read-out (it then sees f numbers, otherwise all of them).
    """
    pixels, seen = side * side * colours, window * window * colours
    places, patches = side * side, -((-side // window) ** 2)
    n = places * filters

    def counts(name: str, local: bool, share: bool, layer: int, places: int, words: str) -> Counts:
        outputs = places * filters
        return Counts(name, local, share, layer, (filters if pool else outputs) * classes, places, outputs, words)

    return [
        counts("fully connected", False, False, pixels * n, places, f"{pixels:,} × n, n = {n:,}"),
        counts("locally connected", True, False, seen * n, places, f"{seen:,} × n, n = {n:,}"),
        counts("convolution", True, True, seen * filters, places, f"{seen:,} × {filters}"),
        counts(
            "patch attention", False, True, seen * filters + 3 * filters**2, patches, f"{seen:,} × {filters} + 3 × {filters}²"
        ),
    ]


def spoken(count: int) -> str:
    """A count as one says it: 1.6 billion, 2.5 million, 9,800, 25."""
    for size, name in ((10**15, "quadrillion"), (10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if count >= size:
            return f"{count / size:.3g} {name}"
    return f"{count:,}"


def weighs(count: int) -> str:
    """The memory of so many numbers of 4 bytes (float32), in decimal units."""
    size = 4.0 * count
    for unit in ("bytes", "kB", "MB", "GB", "TB"):
        if size < 1000 or unit == "TB":
            break
        size /= 1000
    return f"{size:,.3g} {unit}" if size < 1000 else f"{size:,.0f} {unit}"
