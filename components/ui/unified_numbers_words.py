"""The words of "Forward, backward, step"."""

from components.figures.scale import Scale
from components.figures.unfolded import GRADIENT
from components.learn.tiny_samples import Tiny
from components.models.unfolded import POOLED

PACES = {"blocks": "block by block", "moves": "four moves", "steps": "whole steps"}
FEEDS = {"turns": "the two in turn", "same": "the same again"}
POOL_WORDS = {"sum": "sum", "mean": "mean", "max": "largest", "last": "last row"}
SAID = {
    "X": "the sample, one row for each element",
    "A": "whom every element looks at: each row adds up to 1",
    "N": "what every element looks at, side by side",
    "Z": "one map **W** for every row",
    "H": "represent: what is below 0 is cut to 0",
    "p": "aggregate: all rows become one",
    "z": "one number for each class",
    "q": "softmax: numbers become probabilities",
    "L": "the loss: how surprised the model is by the truth",
}
"""What a block is, on the way forward."""
BACK = {
    "L": "the way back starts at the loss",
    "q": "how the loss changes with each probability",
    "z": "probability minus truth",
    "p": "what the answer asks of the aggregate",
    "H": "the pool hands it back to the rows",
    "Z": "only where the unit was open",
    "N": "back through **W**",
    "A": "back to the looks",
    "X": "back to the sample itself: which number matters",
}
OF_WEIGHTS = "the gradient of a weight: what came in × the gradient that came back, added over all rows"


def note(kind: str, block: str, sample: Tiny) -> str:
    """How a block is computed, under its name."""
    seen = "X" if kind in ("deep sets", "mlp", "rnn") else "N"
    windows = "3 × 3 windows" if sample.picture else "windows of 3 words"
    notes = {
        "X": "in one row" if kind == "mlp" else "given",
        "A": "softmax(XQ(XK)ᵀ/√2)",
        "N": {"cnn": windows, "gcn": "x | mean of linked", "attention": "A X"}.get(kind, ""),
        "Z": f"{seen} W + b" + (" + h U" if kind == "rnn" else ""),
        "H": "tanh Z" if kind == "rnn" else "relu Z",
        "p": POOL_WORDS[POOLED.get(kind, "sum")],
        "z": f"{'H' if kind == 'mlp' else 'p'} V + c",
        "q": "softmax",
        "L": "−log q",
    }
    return notes.get(block, "")


def formula(kind: str, scale: Scale, h: int, wide: int, rows: int) -> str:
    """The model, its loss and its step, with shapes; gradients in their colour."""
    value, grad = scale.series[0], scale.series[GRADIENT[1]]
    seen = {
        "deep sets": "X", "rnn": "X", "mlp": r"\mathrm{row}(X)", "cnn": r"\mathrm{windows}(X)", "attention": r"A X",
        "gcn": r"[\,X \mid D^{-1}AX\,]",
    }[kind]  # fmt: skip
    inner = r"h_t=\tanh(x_tW+h_{t-1}U+b)" if kind == "rnn" else rf"H=\mathrm{{relu}}({seen}\,W+b)"
    pool = {"sum": r"\textstyle\sum_i H_i", "mean": r"\tfrac1n\sum_i H_i", "max": r"\max_i H_i", "last": "h_n"}
    p = "H" if kind == "mlp" else pool[POOLED[kind]]
    return (
        rf"\begin{{gathered}}\textcolor{{{value}}}{{{inner}}}\qquad p={p}\qquad q=\mathrm{{softmax}}(pV+c)\\[4pt] "
        rf"L=-\log q_{{\mathrm{{truth}}}}\qquad "
        rf"W\leftarrow W-\eta\,\textcolor{{{grad}}}{{\frac{{\partial L}}{{\partial W}}}}\qquad "
        rf"W:{wide}\times{h},\;H:{rows}\times{h}\end{{gathered}}"
    )
