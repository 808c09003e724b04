"""What the view "Train it here" says: names, verdicts, formulas."""

import math
from collections.abc import Mapping

import numpy as np

from components.figures.scale import Scale

ASKS = {"node": "What kind of node?", "link": "Is there a link?", "molecule": "What molecule is this?"}
NODES = {"karate": "Karate club", "airports": "Airports", "worm": "Worm's neurons"}
LINKS = {"airports": "Airports", "miserables": "Les Misérables", "karate": "Karate club", "worm": "Worm's neurons"}
KINDS = {
    "convolution": "convolution (GCN)",
    "mean": "mean (SAGE)",
    "sum": "sum (SAGE)",
    "max": "max (SAGE)",
    "attention": "attention (GAT)",
    "isomorphism": "isomorphism (GIN)",
}
RULES = {"balanced": "as popular", "uniform": "any pair"}
TASKS = {"log P": "Fat or water?", "mutagen": "Mutations?"}
CARDS = {"first": "first of the test", "worst": "most wrong"}
LOOKS = {"predict": "Predict, then check", "check": "Check yourself", "split": "Honest split", "code": "Code"}
TOLD = {
    "karate": "Two members are told apart: Mr. Hi, the instructor, and the officer. The model must place the other 32.",
    "airports": "The region of 40 airports is told, ten of each. The model must place the other 260, from flights alone.",
    "worm": "The kind of 219 neurons is told. Left and right copies of a neuron stand on one side of the split, so 73 are new.",
}


def error_of(accuracy: float, tested: int) -> float:
    """Standard error of an accuracy on so many test samples."""
    return math.sqrt(max(accuracy * (1 - accuracy), 0) / max(tested, 1))


def spread(seeds: np.ndarray) -> float:
    """Standard error of the mean over seeds."""
    return float(seeds.std(ddof=1) / math.sqrt(len(seeds))) if len(seeds) > 1 else 0.0


def best_of(others: Mapping[str, float]) -> tuple[str, float]:
    """What comes nearest."""
    name = max(others, key=others.__getitem__)
    return name, others[name]


def verdict(own: float, others: Mapping[str, float], error: float, percent: bool) -> tuple[str, str]:
    """ "ahead", "level" or "behind" the best of the others, and a sentence; level means within one standard error."""
    name, value = best_of(others)
    a, b, e = (f"{v:.1%}" if percent else f"{v:.3f}" for v in (own, value, error))
    if own > value + error:
        return "ahead", f"The graph network is ahead of all it is compared with; the nearest is {name}: {a} against {b}."
    if own < value - error:
        return "behind", f"**The graph network loses here:** {a}, and {name} reaches {b}."
    side = "higher" if own >= value else "lower"
    return "level", f"**No win here:** {a} is {side} than the {b} of {name}, but by less than the error of ± {e}."


def node_formula(kind: str, scale: Scale, shapes: tuple[int, int, int, int]) -> str:
    """The layer as a line of mathematics; n nodes, d features, h width, c kinds."""
    n, d, h, c = shapes
    near, own = (rf"\textcolor{{{scale.series[i]}}}" for i in (0, 1))
    total = rf"{near}{{\sum_{{j\to i}}}}"
    lines = {
        "convolution": rf"h_i=\mathrm{{relu}}\Big({total}\tfrac{{1}}{{\sqrt{{d_i d_j}}}}\,x_j\,{own}{{W}}+b\Big)",
        "mean": rf"h_i=\mathrm{{relu}}\Big(\tfrac{{1}}{{d_i}}{total}x_j\,{own}{{W}}+x_i\,{own}{{W'}}+b\Big)",
        "sum": rf"h_i=\mathrm{{relu}}\Big({total}x_j\,{own}{{W}}+x_i\,{own}{{W'}}+b\Big)",
        "max": rf"h_i=\mathrm{{relu}}\Big({near}{{\max_{{j\to i}}}}x_j\,{own}{{W}}+x_i\,{own}{{W'}}+b\Big)",
        "attention": rf"h_i=\mathrm{{relu}}\Big({total}a_{{ij}}\,x_j\,{own}{{W}}+b\Big)",
        "isomorphism": rf"h_i=\mathrm{{relu}}\Big({own}{{\mathrm{{MLP}}}}\big((1+\epsilon)x_i+{total}x_j\big)\Big)",
    }
    end = rf"\quad y_i=\mathrm{{softmax}}(h_i\,{own}{{V}}+c)"
    return rf"{lines[kind]}{end}\qquad X:{n}\times{d},\; H:{n}\times{h},\; Y:{n}\times{c}"


def link_formula(scale: Scale, n: int, h: int) -> str:
    """The score of a pair."""
    near, own = (rf"\textcolor{{{scale.series[i]}}}" for i in (0, 1))
    return (
        rf"\mathrm{{score}}(u,v)={near}{{e_u\cdot e_v}}+{own}{{a}}\log(1+\text{{in common}})"
        rf"+{own}{{c}}\log\big((1+d_u)(1+d_v)\big)+b,"
        rf"\qquad {near}{{E}}:{n}\times{h}"
    )


def molecule_formula(scale: Scale, h: int, answers: int) -> str:
    """Three layers, then both pools."""
    near, own, pool = (rf"\textcolor{{{scale.series[i]}}}" for i in (0, 1, 2))
    return (
        rf"h_i\leftarrow\mathrm{{relu}}\Big(h_i{own}{{W}}+{near}{{\sum_{{j\sim i}}}}h_j{own}{{W'}}+b\Big)\;\;3\times,\qquad "
        rf"y=\rho\Big({pool}{{\textstyle\sum_i}}h_i,\;{pool}{{\max_i}}h_i\Big)\qquad H:n\times{h},\; y\in\mathbb R^{{{answers}}}"
    )
