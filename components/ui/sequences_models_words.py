"""What the view "One task, all models" says: names, formulas, what each model remembers by."""

from components.figures.scale import Scale
from components.figures.sequence_models import EMBED, POOL, TIME

NAMES = {
    "bag": "Bag of words",
    "feedforward": "Feed-forward",
    "rnn": "RNN",
    "lstm": "LSTM",
    "convolution": "Convolution",
    "state space": "State space",
    "attention": "Attention",
}
TASK_NAMES = {"letters": "Letters (synthetic)", "text": "Reviews (real)"}
REMEMBERS = {
    "bag": "nothing but which words occur",
    "feedforward": "a place of its own for each token",
    "rnn": "one state, overwritten at every step",
    "lstm": "a second state behind gates",
    "convolution": "windows that widen from layer to layer (63 steps)",
    "state space": "a state that fades by a at each step",
    "attention": "all tokens themselves, looked up anew",
}
COST = {
    "bag": "n",
    "feedforward": "n, weights too",
    "rnn": "n, one after the other",
    "lstm": "n, one after the other",
    "convolution": "n, side by side",
    "state space": "n log n, side by side",
    "attention": "n², side by side",
}
EXAMPLES = {"letters": "C A D B F A E B G H C D", "text": "the coffee was not good , it was great !"}
LOOKS = {
    "say": "What each model says",
    "predict": "Predict, then check",
    "table": "Order, reach, cost, memory",
    "errors": "Where it errs",
    "check": "Check yourself",
    "code": "Code",
}


def formula(kind: str, scale: Scale, h: int) -> str:
    """The chosen model as a line of mathematics, coloured like its drawing, with the shape of what it ends in."""
    e, t, p = (rf"\textcolor{{{scale.series[i]}}}" for i in (EMBED, TIME, POOL))
    x = e + "{x_t}"
    lines = {
        "bag": rf"h = {p}{{\tfrac1n\textstyle\sum_t}} {x} \\ y = f(h)",
        "feedforward": rf"h = {p}{{[}}{e}{{x_1}}{p}{{;}}\dots{p}{{;}}{e}{{x_n}}{p}{{]}} \\ y = f(h)",
        "rnn": rf"h_t = \tanh({e}{{W x_t}} + {t}{{U h_{{t-1}}}})\\ y = f({p}{{h_n}})",
        "lstm": rf"{t}{{c_t}} = {t}{{f_t c_{{t-1}}}} + i_t {e}{{g_t}}\\ h_t = o_t\tanh {t}{{c_t}}\quad y = f({p}{{h_n}})",
        "convolution": rf"h_t = \operatorname{{relu}}\big(\textstyle\sum_{{j=0}}^{{2}} {t}{{W_j}}\,{e}{{x_{{t-j\cdot s}}}}\big)"
        rf"\\ y = f({p}{{h_n}})",
        "state space": rf"{t}{{s_t}} = {t}{{a\,s_{{t-1}}}} + {e}{{B x_t}}\\ y = f({p}{{C s_n + D x_n}})",
        "attention": rf"H = {t}{{\operatorname{{softmax}}\tfrac{{QK^\top}}{{\sqrt d}}}}\,{e}{{V}}"
        rf"\\ y = f\big({p}{{\tfrac1n\textstyle\sum_t}} h_t\big)",
    }
    end = rf"\quad {e}{{x_t}}\in\mathbb R^{{{h}}}"
    first, *rest = lines[kind].split(r"\\")
    above, below = (end, "") if kind == "lstm" else ("", end)  # beside the shorter of the two lines
    return rf"\begin{{array}}{{l}} {first} {above} \\ {' '.join(rest)} {below} \end{{array}}"
