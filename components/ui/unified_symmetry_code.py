"""The code behind the symmetry bench as one runnable file: the measure, one model of the family, and both errors."""

from functools import lru_cache

from components.measure import symmetry
from components.ui.code import bundle, gather, show_code
from components.ui.unified_symmetry_words import Asked

HEAD = """
generators = [torch.Generator().manual_seed(0)]
rng = np.random.default_rng(0)


def numbers(net, x):
    with torch.inference_mode():
        return net(torch.from_numpy(np.ascontiguousarray(x, np.float32)))[0, 0].numpy()

"""
MAIN = {
    "sets": (
        ["models.set_classifier", "measure.symmetry"],
        """
x = rng.standard_normal((1, 1, 32, 3))  # one set of 32 points
actions = [permutation(rng.permutation(32)) for _ in range(3)]
for share in (True, False):
    for pool in POOLS:
        net = SetClassifier(3, 10, 32, share, pool, generators)
        f = lambda x: numbers(net, x)
        error = invariance(f, x, actions).max() / abs(f(x)).max()
        print(f"{'one map' if share else 'own maps':9} {pool:12} max |f(gx) - f(x)| / max |f(x)| = {error:.1e}")
""",
    ),
    "sequences": (
        ["models.sequence_classifier", "measure.symmetry"],
        """
x = rng.integers(0, 50, (1, 1, 8, 1)).astype(float)  # one text of 8 words
actions = [permutation(rng.permutation(8)) for _ in range(3)]
for kind in KINDS:
    net = SequenceClassifier(kind, 50, 2, 8, generators)
    f = lambda x: numbers(net, x)
    error = invariance(f, x, actions).max() / abs(f(x)).max()
    print(f"{kind:12} max |f(gx) - f(x)| / max |f(x)| = {error:.1e}")
""",
    ),
    "pictures": (
        ["models.conv_network", "measure.symmetry", "measure.actions"],
        """
x = rng.random((28, 28, 1))  # one picture
for down in DOWN:
    net = ConvNetwork(28, 1, 10, generators, down=down, circular=True)
    f = lambda x: numbers(net, x.transpose(2, 1, 0).reshape(1, 1, 1, -1))  # columns on top of each other
    for pixels in (1, 2, 4):
        error = invariance(f, x, [act("shift", pixels)]).max() / abs(f(x)).max()
        print(f"{down:7} shift by {pixels} px: max |f(gx) - f(x)| / max |f(x)| = {error:.1e}")
""",
    ),
    "graphs": (
        ["models.graph_layers", "measure.symmetry"],
        """
n = 15
x, edges = rng.standard_normal((1, 1, n, 4)), np.stack(np.nonzero(np.triu(rng.random((n, n)) < 0.2, 1)))
order = rng.permutation(n)
new = np.argsort(order)  # new[i] is the new number of node i
for name, layer in LAYERS.items():
    for own in (1, n):
        net = layer(4, 8, generators, own)
        both = both_ways(torch.from_numpy(edges))
        renumbered = both_ways(torch.from_numpy(new[edges]))
        with torch.inference_mode():
            after = net(torch.from_numpy(x).float(), both)[0, 0].numpy()
            moved = net(torch.from_numpy(x[:, :, order]).float(), renumbered)[0, 0].numpy()
        error = abs(moved - after[order]).max() / abs(after).max()
        maps = "one map" if own == 1 else "own maps"
        print(f"{name:12} {maps:9} max |f(gx) - g f(x)| / max |f(x)| = {error:.1e}")
""",
    ),
}


@lru_cache(maxsize=4)
def source(family: str) -> str:
    """The whole file for one family."""
    names, main = MAIN[family]
    about = (
        f"How far models of {family} are from their equation, as they start (before any training).\n\n"
        "Needs numpy and torch. Exact is what differs by less than 1e-5: 32-bit numbers round."
    )
    return bundle(gather(names), f"import numpy as np\nimport torch\n{HEAD}{main}", about)


def code(asked: Asked) -> None:
    """The heart of it, and the file."""
    family = asked.entry.family
    show_code(source(family), f"symmetry_{family}.py", focus=[symmetry.invariance, symmetry.equivariance])
