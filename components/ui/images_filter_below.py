"""Under the stage of "The filter": a shift before and after, a guess, a question, and the code that ran."""

from functools import partial

import numpy as np
import streamlit as st

from components.figures.filter_cells import said
from components.figures.filter_shift import lines, planes
from components.measure.filtering import filtered
from components.measure.kernels import LINES, PLANES
from components.measure.symmetry import Function, equivariance
from components.ui.chart import chart, remembered
from components.ui.code import bundle, gather, show_code
from components.ui.digest import digest
from components.ui.house import theme
from components.ui.images_filter_setting import Setting, separate
from components.ui.links import choice, pick

LOOKS = {"shift": "Shift the input", "guess": "Predict", "check": "Check yourself", "code": "The code that ran"}
WALL = 0.6


def below(setting: Setting) -> None:
    """One of four, as the learner likes."""
    look = choice("Look closer", LOOKS, "shift", "flook")
    {"shift": shift, "guess": guess, "check": check, "code": code}[look](setting)


def ring(setting: Setting) -> tuple[np.ndarray, Function]:
    """The whole as a ring whose sides the stride divides, and the filter on it."""
    s, k = setting.stride, setting.k
    x = setting.whole[tuple(slice(0, n - n % s) for n in setting.whole.shape)]
    weight = setting.weight
    if setting.own is not None:
        weight = separate(weight, 0, x.shape[0] // s, s)
    return x, lambda v: filtered(v, weight, setting.bias, k // 2, s, circular=True)


def shift(setting: Setting) -> None:
    """Does the output move with the input? Both sides of the equation, and the largest difference."""
    left, right = st.columns([0.32, 0.68], gap="large")
    x, f = ring(setting)
    if not x.size:
        st.info("This is too small to be shifted with such a stride.", icon=":material/info:")
        return
    with left:
        t = pick("Shift by t", tuple(range(10)), 3, "fshift", tip="Cells to the right; the input is a ring.")
        s = setting.stride
        after = f(np.roll(x, t, -1))
        before = np.roll(f(x), round(t / s), -1)
        error = float(equivariance(f, x, [lambda v: np.roll(v, t, -1)], [lambda v: np.roll(v, round(t / s), -1)])[0])
        st.metric(
            "Largest difference",
            "0, exactly" if error == 0 else said(error, 6),
            help=f"max |f(g x) − g f(x)| = {error:.3g} over {after.size:,} places; largest output {np.abs(after).max():.3g}.",
        )
        st.markdown(verdict(setting, t, error))
    with right:
        scale = theme()
        reach = max(float(np.quantile(np.abs(after), 0.99)), 1e-9)
        draw = (
            partial(lines, after, before, scale=scale) if setting.dim == 1 else partial(planes, after, before, reach, scale=scale)
        )
        facts = ("filter-shift", digest(after, before), scale.name)
        chart(remembered(facts, draw, "filter-shift", height=220, alt="Shift then filter, and filter then shift"), "filter-shift")


def verdict(setting: Setting, t: int, error: float) -> str:
    """What the difference means, in two sentences."""
    if setting.own is not None and t:
        return "Separate filters: what was learnt at one place is not known at the next, so the output does **not** move along."
    if t % setting.stride:
        s = setting.stride
        return (
            f"A shift by {t} would be {t}/{s} places of the output. There is no such place: with stride {s} the output changes."
        )
    if error == 0:
        end = "Here the input is closed to a ring. With a border of zeros, the same holds away from the border."
        return f"The filter is the same everywhere, so the output moves with the input: **equivariant**. {end}"
    return "The output does not move along."


def guess(setting: Setting) -> None:
    """Which filters answer zero on a flat wall, guessed and then measured."""
    known = LINES if setting.dim == 1 else PLANES
    thing = "a constant signal" if setting.dim == 1 else "a flat grey wall"
    told = st.pills(
        f"**Which filters answer zero on {thing}?** Choose all that do.", list(known), selection_mode="multi",
        format_func=lambda n: known[n].title, key="filter-guess",
    )  # fmt: skip
    if not told:
        return
    k = setting.k
    found = {
        n: float(filtered(np.full((k,) * setting.dim, WALL), kernel.make(k))[(0,) * setting.dim]) for n, kernel in known.items()
    }
    zero = {n for n, v in found.items() if abs(v) < 1e-9}
    if set(told) == zero:
        st.success("Yes, exactly these: their weights add up to 0, so equal brightness cancels.")
    elif set(told) < zero:
        st.info(f"These do. {len(zero) - len(told)} more to find.")
    else:
        wrong = [n for n in told if n not in zero]
        st.warning(
            f"{known[wrong[0]].title} answers {said(found[wrong[0]])} on brightness {WALL}: its weights add up to 1, not to 0."
        )


def check(setting: Setting) -> None:
    """A question that the controls above answer."""
    st.markdown(
        "**Move the controls until the output has half as many cells along each side as the input (rounded up).** "
        "Why is leaving out every second window not enough?"
    )
    n, m = setting.piece.shape, setting.places
    sides = f"{' × '.join(map(str, n))} cells go in, {' × '.join(map(str, m))} come out"
    if m == tuple(-(-side // 2) for side in n):
        why = "Zeros give the cells at the border a window of their own, and stride 2 takes every second."
        st.success(f"{sides}. {why if setting.padding and setting.stride == 2 else 'Here the large window eats the border.'}")
    else:
        st.info(f"Now {sides}.")


def code(setting: Setting) -> None:
    """The layer, and one file that computes the piece's output with it and with PyTorch."""
    from components.models.convolution import convolve1d, convolve2d, windows1d

    focus: list[object] = [windows1d if setting.own is not None else convolve1d if setting.dim == 1 else convolve2d]
    show_code(source(setting), "filter.py", focus=focus)


def source(setting: Setting) -> str:
    """The file with the numbers on the screen."""
    x, weight = np.round(setting.piece, 4).tolist(), setting.filters.tolist()
    head = f"x = torch.tensor({x})\nweight = torch.tensor({weight})\n"
    head += f"bias, stride, padding = {setting.bias}, {setting.stride}, {setting.padding}\n"
    d = setting.dim
    if setting.own is not None:
        main = f"""y = (windows1d(x, {setting.k}, stride, padding) * weight).sum(-1) + bias  # a row of weights for each place
print(y)
print("weights:", weight.numel(), "and a bias for each place:", len(y))"""
    else:
        main = f"""y = convolve{d}d(x[None, None], weight[None, None], torch.tensor([bias]), stride, padding)[0, 0]
print(y)
same = functional.conv{d}d(x[None, None], weight[None, None], torch.tensor([bias]), stride, padding)[0, 0]
print("largest difference to torch.nn.functional.conv{d}d:", float((y - same).abs().max()))"""
    about = "A filter over the numbers on the screen, window by window, and the same by PyTorch. Needs torch."
    return bundle(gather(["models.convolution"]), f"torch.set_printoptions(precision=2, sci_mode=False)\n{head}{main}", about)
