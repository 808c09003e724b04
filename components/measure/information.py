"""B4, information: entropy and density, of the elements and of their composition. Slide: "Modality Profile" 4.

The first reading is the total in bits: the shortest of several lossless codes. It has the same unit for a picture and a sentence,
counts elements and their composition, and is an upper bound: a better model of the world would need fewer bits, and no program
can say how few (Kolmogorov 1965).
"""

import numpy as np

from components.measure import compression, views
from components.measure.base import Dimension, number, undefined
from components.measure.coarser import MOST, best, scales
from components.measure.entropy import countable, counted, coverage, entropy, miller_madow
from components.measure.surrogates import SEED
from components.measure.views import Stream, form, seconds, symbols
from components.values import Curve, Reading, Sample

SLIDE = "slide Modality Profile 4, information"
ONE = {
    views.TEXT: "word",
    views.SYMBOLS: "symbol",
    views.PICTURE: "pixel",
    views.PICTURES: "pixel",
    views.SERIES: "moment",
    views.SOUND: "wave sample",
    views.GRAPH: "node",
    views.TABLE: "row",
    views.POINTS: "point",
}


def measure(sample: Sample) -> tuple[Reading, ...]:
    """Total information, entropy of an element, density, and what survives at coarser scales."""
    rungs = list(scales(sample))
    return total(sample, rungs), per_element(sample), density(sample, rungs), abstraction(sample, rungs)


Rungs = list[tuple[int, dict[str, float]]]


def total(sample: Sample, rungs: Rungs) -> Reading:
    """Bits of the shortest lossless code; the curve shows all codes."""
    what = "The shortest of several lossless codes"
    formula = r"K(x)\le\min_c\,\ell_c(x)+\text{const}"
    source = f"Cover & Thomas 2006, chapters 5 and 14; Kolmogorov 1965; {SLIDE}"
    if not rungs:
        return undefined("total information", "bits", f"{what}.", formula, source, "there is no element to code")
    codes = rungs[0][1]
    name, bits = best(codes)
    what += f", here {_called(name, form(sample))}: an upper bound, as a code that knew more of the world would need fewer bits."
    if form(sample) == views.GRAPH:
        what += " Only edges are counted, not what nodes are called."
    if any(s.rounded for s in symbols(sample)):
        what += " Numbers without a step of their own were rounded to 256 steps; finer rounding would give more bits."
    if form(sample) == views.SOUND and len(sample["raw"]["wave"]) > MOST:
        what += f" The {MOST:,} samples in the middle are coded, and the rest is taken to need as many each."
    order = sorted(codes, key=lambda key: codes[key])
    y = np.array([codes[key] for key in order])
    curve: Curve = {"x": np.array(order, str), "y": y, "x_title": "code", "y_title": "bits", "style": "bars", "log": "y"}
    return number("total information", bits, "bits", what, formula, source, curve)


def _called(name: str, shape: str) -> str:
    of = {views.GRAPH: "graphs with as many nodes and edges", views.POINTS: "sets of as many points"}.get(shape, "such samples")
    said = {
        compression.ONE_OF_ALL: f"the logarithm of how many {of} there are",
        compression.ADAPTIVE: "an adaptive arithmetic code, one symbol after the other",
        "octree": "an octree, which says box by box where points are",
        "as stored": "none: nothing is shorter than to store it as it is",
    }
    return said.get(name, name)


def estimate(stream: Stream) -> tuple[float, float]:
    """Entropy of a stream at its own step in bits, Miller-Madow and plug-in; too fine numbers through wider bins."""
    bins, wide = countable(stream)
    counts = counted(bins.ids)
    return miller_madow(counts) + np.log2(wide), entropy(counts) + np.log2(wide)


def per_element(sample: Sample) -> Reading:
    """Shannon entropy of an element, the sum over its numbers."""
    one = "degree" if form(sample) == views.GRAPH else ONE[form(sample)]
    what = (
        f"Shannon entropy of a {one} from counts, corrected for the size of the sample, as if each were independent of the others"
    )
    formula = r"\hat H=-\sum_v \hat p_v\log_2\hat p_v+\frac{K-1}{2n\ln2}"
    source = f"Shannon 1948; Miller 1955; {SLIDE}"
    streams = symbols(sample)
    if not streams:
        return undefined("entropy of an element", f"bits/{one}", f"{what}.", formula, source, "there is no element to count")
    found = [estimate(s)[0] for s in streams]
    if len(streams) > 1:
        what += f", and so are its {len(streams)} numbers, whose entropies are added"
    if any(countable(s)[1] > 1 for s in streams):
        what += "; numbers too fine to occur twice are counted in wider bins, and the bits inside a bin are added in full"
    seen = min(coverage(counted(countable(s)[0].ids)) for s in streams)
    if seen < 0.75:
        what += ". Many values occur only once in so small a sample: the true entropy is likely to be higher"
    curve = _growth(streams[0]) if len(streams) == 1 else _bars(streams, found)
    return number("entropy of an element", float(np.sum(found)), f"bits/{one}", f"{what}.", formula, source, curve)


def _growth(stream: Stream) -> Curve:
    """How the estimate grows with the elements counted, drawn at random; beside it the plug-in estimate."""
    ids = np.random.default_rng(SEED).permutation(stream.ids)
    sizes = np.unique(np.round(len(ids) / 2.0 ** np.arange(7)).astype(int))
    sizes = sizes[sizes > 0]
    found = np.array([estimate(stream._replace(ids=ids[:n])) for n in sizes])
    return {
        "x": sizes.astype(float),
        "y": found[:, 0],
        "x_title": f"{stream.element}s counted",
        "y_title": "entropy, bits",
        "log": "x",
        "baseline": found[:, 1],
    }


def _bars(streams: list[Stream], found: list[float]) -> Curve:
    x = np.array([s.name for s in streams], str)
    return {"x": x, "y": np.array(found), "x_title": "which number", "y_title": "entropy, bits", "style": "bars"}


def density(sample: Sample, rungs: Rungs) -> Reading:
    """The total per second where the sample is in time, else per element."""
    lasts = seconds(sample)
    one = ONE[form(sample)]
    unit = "bits/s" if lasts else f"bits/{one}"
    by = "the seconds it lasts" if lasts else f"how many {one}s there are"
    what = f"The total, divided by {by}; like the total an upper bound"
    formula, source = r"\frac{\min_c\ell_c(x)}{T}" if lasts else r"\frac{\min_c\ell_c(x)}{n}", f"Cover & Thomas 2006; {SLIDE}"
    if not rungs:
        return undefined("density", unit, f"{what}.", formula, source, "there is no element to code")
    n, codes = rungs[0]
    if form(sample) == views.TEXT:
        n = len(views.words_of(sample)[0])
    return number("density", best(codes)[1] / (lasts or n), unit, f"{what}.", formula, source)


def abstraction(sample: Sample, rungs: Rungs) -> Reading:
    """The part of the total that is left with a quarter of the elements, and how the bits fall with further quarters."""
    how = {
        views.PICTURE: "2 × 2 pixels become their mean",
        views.PICTURES: "2 × 2 pixels become their mean",
        views.SERIES: "4 moments become their mean",
        views.SOUND: "4 samples become their mean",
        views.TEXT: "only every fourth word is kept, as words have no mean",
        views.GRAPH: "joined nodes are merged in pairs, twice",
    }.get(form(sample), "only a quarter of them, drawn at random, is kept")
    what = f"Part of the bits that is left when {how}"
    what += "" if form(sample) == views.GRAPH else "; elements that told nothing of each other would leave about a quarter"
    formula, source = r"\frac{\ell(x_{1/4})}{\ell(x)}", f"renormalisation: Mallat 1989 for pictures and series; {SLIDE}"
    if len(rungs) < 2:
        return undefined(
            "left at a coarser scale", "%", f"{what}.", formula, source, "there are too few elements to leave any out"
        )
    bits = np.array([best(codes)[1] for _, codes in rungs])
    if bits[0] <= 0:
        return undefined("left at a coarser scale", "%", f"{what}.", formula, source, "there is no information to lose")
    n = np.array([size for size, _ in rungs], float)
    curve: Curve = {
        "x": n,
        "y": bits,
        "x_title": "elements left",
        "y_title": "bits",
        "log": "xy",
        "baseline": bits[0] * n / n[0],
    }
    return number("left at a coarser scale", 100 * bits[1] / bits[0], "%", f"{what}.", formula, source, curve)


DIMENSION = Dimension(
    name="information",
    order=4,
    title="Information",
    definition="How much the elements and their composition say in all, and how densely: entropy, in bits.",
    slide="Modality Profile 4",
    measure=measure,
)
