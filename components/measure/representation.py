"""B1, element representations: discrete or continuous, support, granularity. Slides: "Modality Profile" 1 and 2.

The first reading is the granularity, how often elements appear, with its unit: the lecture compares objects per image with words
per minute, and a count with a unit can be read side by side where a support (a set of words, a range of greys) cannot.
"""

import numpy as np

from components.measure import views
from components.measure.base import Dimension, number, undefined
from components.measure.entropy import counted
from components.measure.grain import grain
from components.measure.regions import MATTERS, objects, otsu, smooth
from components.measure.views import Stream, columns, form, symbols, words_of
from components.values import Curve, Reading, Sample

SMALL = 20  # values that are few
SLIDE = "slide Modality Profile"
ELEMENTS = {
    views.TEXT: "words",
    views.SYMBOLS: "symbols",
    views.PICTURE: "pixels",
    views.SERIES: "moments",
    views.SOUND: "wave samples",
    views.GRAPH: "nodes",
    views.TABLE: "rows",
    views.POINTS: "points",
    views.PICTURES: "pictures",
}


def measure(sample: Sample) -> tuple[Reading, ...]:
    """Granularity, type, support, and number of elements."""
    streams = symbols(sample)
    return granularity(sample), kind(streams), support(streams), amount(sample)


def granularity(sample: Sample) -> Reading:
    """How often elements appear, in Hz, words/min, words/sentence, regions/image, rows/table, nodes/graph, points/object."""
    shape = form(sample)
    if shape == views.PICTURE:
        return _regions(sample)
    hertz = float(sample["raw"]["hertz"]) if shape == views.SOUND else float(sample["rate"])
    unit = "Hz" if shape == views.SOUND else sample["unit"]
    what = {
        views.SOUND: "The sampling rate: how many numbers of the wave there are for a second.",
        views.SERIES: "The sampling rate: how many moments were measured in a second.",
        views.TEXT: "Words counted, without marks of punctuation, and divided by the time they take or the parts they come in.",
    }.get(shape, f"The {ELEMENTS[shape]} of the sample, counted.")
    formula = r"f=\frac{n}{T}" if shape in (views.SOUND, views.SERIES, views.TEXT) else r"n=|\{x_1,\dots,x_n\}|"
    if not np.isfinite(hertz) or hertz <= 0 or not len(sample["elements"]):
        return undefined("granularity", unit, what, formula, SLIDE, "there is no element to count")
    return number("granularity", hertz, unit, what, formula, SLIDE, grain(sample, shape))


def _regions(sample: Sample) -> Reading:
    what = (
        "Connected regions that stand out from the background: the grey picture is split in two at Otsu's threshold, the part "
        f"that fills the border is the background, and regions below {MATTERS:.1%} of the picture are left out. These are "
        "regions, not things: shadows count, and things that touch count once."
    )
    formula, source = (
        r"t^\ast=\arg\max_t\;\omega_0\omega_1(\mu_0-\mu_1)^2",
        f"Otsu 1979; connected regions: Rosenfeld & Pfaltz 1966; {SLIDE}",
    )
    picture = smooth(views.grey(sample)) if len(sample["elements"]) else np.zeros((0, 0))
    if not picture.size or np.ptp(picture) < 1e-6:
        return undefined("granularity", "regions/image", what, formula, source, "all pixels have the same grey")
    at = otsu(picture)
    tried = np.linspace(picture.min(), picture.max(), 26)[1:-1]
    curve: Curve = {
        "x": tried,
        "y": np.array([objects(picture, t) for t in tried], float),
        "x_title": "grey at which the picture is split",
        "y_title": "regions",
        "marks": {"Otsu's threshold": at},
    }
    return number("granularity", objects(picture, at), "regions/image", what, formula, source, curve)


def continuous(stream: Stream) -> bool:
    """Whether a stream is a real quantity: numbers that are neither counts (in whole steps) nor at most 20 values that repeat."""
    whole = stream.step > 0 and all(abs(v - round(v)) < 1e-9 for v in (stream.step, stream.low))
    few = kinds(stream) <= SMALL and len(stream.ids) >= 2 * kinds(stream)
    return not (stream.names or whole or few or stream.element in ("symbol", "degree"))


def kinds(stream: Stream) -> int:
    """How many different values occur."""
    return stream.distinct or len(counted(stream.ids))


def kind(streams: list[Stream]) -> Reading:
    """Discrete or continuous, and how many different values occur."""
    what = (
        "Read from the values: names, whole numbers and few values are discrete; reals are continuous, and stored in steps where "
        "every value lies on an even grid. The number says how many different values occur"
    )
    formula, source = r"K=|\{v : n_v>0\}|,\qquad v=v_{\min}+k\,q", f"Stevens 1946 for scales of measurement; {SLIDE} 1"
    if not streams:
        return undefined("discrete or continuous", "values", f"{what}.", formula, source, "there is no element to look at")
    what += f"; one element here is a {streams[0].element}"
    what += f", and the number is the mean over {len(streams)} of them." if len(streams) > 1 else "."
    value = float(np.mean([kinds(s) for s in streams]))
    return number("discrete or continuous", value, "values", what, formula, source, text=_kind_word(streams))


def _kind_word(streams: list[Stream]) -> str:
    real = [continuous(s) for s in streams]
    if not any(real):
        return "discrete"
    if not all(real):
        return f"{sum(real)} of {len(real)} {'columns' if streams[0].element == 'cell' else 'numbers'} continuous"
    own = [f"{s.step:.2g}" for s in streams if not s.rounded]
    if len(own) < len(streams):
        return "continuous"
    low, high = min(own, key=float), max(own, key=float)
    return f"continuous, stored in steps of {low if low == high else f'{low} to {high}'}"


def support(streams: list[Stream]) -> Reading:
    """What values can occur: an alphabet, or a range; its size, or its width. The words of `text` are the sample's own."""
    formula, source = r"\operatorname{supp}(x)=\{v : p(v)>0\}", f"Cover & Thomas 2006, section 2.1; {SLIDE} 1"
    what = "The values that occur: all different symbols, or everything from the smallest to the largest number"
    if not streams:
        return undefined("support", "", f"{what}.", formula, source, "there is no element to look at")
    if streams[0].element == "cell":
        ranges = sum(continuous(s) for s in streams)
        text = f"each column its own: {ranges} ranges, {len(streams) - ranges} lists of values"
        return number("support", len(streams), "columns", f"{what}; columns are counted.", formula, source, text=text)
    if streams[0].names or not streams[0].step:
        names = streams[0].names
        few = ", ".join(name[:20] for name in names[:8]) + (", ..." if len(names) > 8 else "")
        size = kinds(streams[0])
        return number("support", size, f"{streams[0].element}s", f"{what}.", formula, source, text=f"{{{few}}}" if few else "")
    ends = [(s.low + s.step * int(s.ids.min()), s.low + s.step * int(s.ids.max())) for s in streams]
    alike = {s.element for s in streams} <= {"pixel value", "wave sample"}
    several = len(streams) > 1 and not alike
    said = [f"{s.name[:20]} " * several + f"{a:.4g} to {b:.4g}" for s, (a, b) in zip(streams, ends, strict=True)]
    if len(streams) > 1 and alike:
        said = [f"{min(a for a, _ in ends):.4g} to {max(b for _, b in ends):.4g}"]
    wide = max(b for _, b in ends) - min(a for a, _ in ends) if alike else max(b - a for a, b in ends)
    what += f". The number is the distance between the two{', the largest of all' if several else ''}."
    text = "; ".join(said[:3]) + ("; ..." if len(said) > 3 else "")
    return number("support", wide, "edges" if streams[0].element == "degree" else "", what, formula, source, text=text)


def amount(sample: Sample) -> Reading:
    """How many elements there are."""
    shape = form(sample)
    counts = {views.SOUND: lambda: len(sample["raw"]["wave"]), views.TEXT: lambda: len(words_of(sample)[0])}
    n = counts.get(shape, lambda: len(sample["elements"]))()
    numbers = columns(sample).shape[1] if shape in (views.PICTURE, views.SERIES, views.POINTS) else 1
    each = f", each of {numbers} numbers" if numbers > 1 else ""
    what = f"The {ELEMENTS[shape]} of the sample, counted{each}."
    return number("elements", float(n), ELEMENTS[shape], what, "n", SLIDE)


DIMENSION = Dimension(
    name="representation",
    order=1,
    title="Element representations",
    definition="What one element is: discrete or continuous, which values it can have, and how densely elements follow.",
    slide="Modality Profile 1 and 2",
    measure=measure,
)
