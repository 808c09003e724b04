"""B2, element distributions: density (how often each value occurs) and frequency (which rhythms). Slide: "Modality Profile".

The first reading is the effective number of elements exp(H): how many equally frequent symbols would be as varied as these. It
has the same meaning for words, greys and degrees, and needs no model of what it counts.
"""

from collections.abc import Sequence

import numpy as np

from components.measure import views
from components.measure.base import Dimension, number, undefined
from components.measure.entropy import countable, counted, coverage, entropy
from components.measure.shapes import dispersion, flatness, slope, zipf
from components.measure.views import Stream, form, symbols
from components.values import Curve, Reading, Sample

SLIDE = "slide Modality Profile, element distributions"
BARS = 40  # at most so many in a histogram


def measure(sample: Sample) -> tuple[Reading, ...]:
    """Effective number, the second view that suits the form, and evenness."""
    streams, wide = zip(*pairs, strict=True) if (pairs := [countable(s) for s in symbols(sample)]) else ((), ())
    second = {
        views.TEXT: zipf,
        views.SYMBOLS: zipf,
        views.PICTURE: slope,
        views.SOUND: flatness,
        views.SERIES: flatness,
        views.GRAPH: dispersion,
    }.get(form(sample))
    return (effective(streams, max(wide, default=1) > 1), *((second(sample),) if second else ()), evenness(streams))


def effective(streams: Sequence[Stream], cut: bool) -> Reading:
    """The Hill number of order 1, exp(H) with H in nats; of several streams the geometric mean, exp of the mean H."""
    formula = r"{}^1\!D=e^{H},\qquad H=-\sum_v p_v\ln p_v"
    source = f"Hill 1973; Jost 2006, Entropy and diversity; {SLIDE}"
    what = "How many equally frequent values would be as varied as these, from the counts in this sample"
    if not streams:
        return undefined("effective number", "values", f"{what}.", formula, source, "there is no element to count")
    counts = [counted(s.ids) for s in streams]
    value = 2 ** np.mean([entropy(c) for c in counts])
    what += f"; one element here is a {streams[0].element}"
    what += f", and the number is the geometric mean over {len(streams)} of them" if len(streams) > 1 else ""
    if cut or any(s.rounded for s in streams):
        what += "; numbers too fine to occur twice were cut into even bins, at most 256"
    seen = np.mean([coverage(c) for c in counts])
    if seen < 0.9:
        what += f". Only about {seen:.0%} of what is still to come has been seen, so that a longer sample would give more"
    name = f"effective number of {streams[0].element}s" if len({s.element for s in streams}) == 1 else "effective number"
    return number(name, float(value), "values", f"{what}.", formula, source, histogram(streams))


def evenness(streams: Sequence[Stream]) -> Reading:
    """Pielou's evenness J = H / ln K in 0 to 1, of K values that occur; the mean over streams where it is defined."""
    what = "Entropy in parts of what it would be if all values that occur did so equally often: 1 is even, near 0 one rules"
    formula, source = r"J=\frac{H}{\ln K}", f"Pielou 1966; {SLIDE}"
    if not streams:
        return undefined("evenness", "", f"{what}.", formula, source, "there is no element to count")
    counts = [c for s in streams if len(c := counted(s.ids)) > 1]
    if not counts:
        return undefined("evenness", "", f"{what}.", formula, source, "all elements have the same value")
    what += f"; mean over the {len(counts)} that vary" if len(streams) > 1 else ""
    value = float(np.mean([entropy(c) / np.log2(len(c)) for c in counts]))
    x = np.array([s.name for s in streams if len(counted(s.ids)) > 1], str)
    curve: Curve | None = None
    if len(counts) > 1:
        y = np.array([entropy(c) / np.log2(len(c)) for c in counts])
        curve = {"x": x, "y": y, "x_title": "which", "y_title": "evenness", "style": "bars"}
    return number("evenness", value, "", f"{what}.", formula, source, curve)


def histogram(streams: Sequence[Stream]) -> Curve:
    """How often each value occurs: names by how frequent they are, the 40 first; numbers in at most 40 even bins."""
    if streams[0].element == "cell" and len(streams) > 1:  # columns share no axis
        y = np.array([2 ** entropy(counted(s.ids)) for s in streams])
        x = np.array([s.name for s in streams], str)
        return {"x": x, "y": y, "x_title": "column", "y_title": "effective number", "style": "bars", "log": "y"}
    first = streams[0]
    if first.names:
        count = np.bincount(first.ids, minlength=len(first.names))
        most = np.argsort(-count, kind="stable")[:BARS]
        x, y = np.array(first.names, str)[most], count[most].astype(float)
        return {"x": x, "y": y, "x_title": first.element, "y_title": "how often", "style": "bars"}
    alike = [s for s in streams if s.step == first.step and s.low == first.low]
    ids = np.concatenate([s.ids for s in alike])
    low, high = int(ids.min()), int(ids.max())
    wide = -(-(high - low + 1) // BARS)
    y = np.bincount((ids - low) // wide).astype(float)
    x = low + wide * np.arange(len(y)) + (wide - 1) / 2
    if first.step:
        x = first.low + first.step * x
    of = first.element if len(alike) == len(streams) else f"{first.element}, {first.name}"
    return {"x": x, "y": y, "x_title": of, "y_title": "how often", "style": "bars"}


DIMENSION = Dimension(
    name="distribution",
    order=2,
    title="Element distributions",
    definition="How often each value occurs, and which rhythms: density and frequency of the elements, whatever their order.",
    slide="Modality Profile, element distributions",
    measure=measure,
)
