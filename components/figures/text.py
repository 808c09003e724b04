"""Pictures of a text: its words, line by line, and the bag-of-words vector they become. Slide: "Language Modality".

A text is a sample of kind "text" whose `raw` is a dictionary:

    token (n,)       the words and marks, as they are written
    turn (n,)        which sentence or turn each belongs to
    speaker          one label per turn: who speaks, or how people rated it; "" for none
    start (n,)       seconds at which each word begins; empty for what is only written
    ngram (1,)       how many words an entry of the dictionary is made of
    dictionary (v,)  the entries, in the order of x_i

and whose `elements (n,)` are the entry each token counts for, -1 for none.
"""

from html import escape

import numpy as np
import plotly.graph_objects as go

from components.figures.kind import Kind
from components.figures.sample import ACCENT, HIDDEN
from components.figures.scale import TICK, Scale, frame
from components.figures.text_lines import FAMILY, cut, fitted, lay, seen_lines, width
from components.figures.text_vector import observation
from components.values import Sample

SMALL_ACROSS, SMALL_LINES = 13, 5


def marked(sample: Sample, mark: int) -> range:
    """The tokens that the marked element is made of: one word, or the n words of an n-gram."""
    n = int(sample["raw"]["ngram"][0])
    return range(mark, min(mark + n, len(sample["elements"])))


def raw(sample: Sample, scale: Scale, mark: int | None, height: int) -> go.Figure:
    """The text in lines; words that the dictionary lacks are in grey italics and underlined; a window around the mark."""
    across, size, room = fitted(sample, height)
    place, labels = lay(sample, across)
    first, last = seen_lines(place, mark or 0, room)
    shown = np.flatnonzero((place[:, 0] >= first) & (place[:, 0] < last))
    tokens = [cut(sample["raw"]["token"][j], across) for j in shown]
    wide = np.array([width(token) for token in tokens])
    known = sample["elements"][shown] >= 0
    words = go.Scatter(
        x=place[shown, 1] + wide / 2, y=place[shown, 0] - first, mode="text", text=[escape(t) for t in tokens], hoverinfo="skip",
        textfont=FAMILY | {
            "size": size, "color": np.where(known, scale.ink, scale.muted).tolist(),
            "style": np.where(known, "normal", "italic").tolist(),
            "lineposition": np.where(known, "none", "under").tolist(),
        },
    )  # fmt: skip
    begin = [j for j, (line, _) in enumerate(labels) if first <= line < last]
    names = go.Scatter(
        x=[0] * len(begin), y=[labels[j][0] - first for j in begin], text=[f"<b>{escape(labels[j][1])}</b>" for j in begin],
        mode="text", textposition="middle right", textfont=FAMILY | {"size": TICK, "color": scale.series[0]}, hoverinfo="skip",
    )  # fmt: skip
    layout = frame(scale, height=height, showlegend=False, dragmode=False, hovermode="closest")
    layout["margin"] = {"l": 4, "r": 4, "t": 4, "b": 4}
    layout["xaxis"] = HIDDEN | {"range": [-0.5, across + 1], "fixedrange": True}
    layout["yaxis"] = HIDDEN | {"range": [room + 1.2, -0.8], "fixedrange": True}
    layout["shapes"] = [] if mark is None else _frames(sample, place, (first, last, across), mark, scale)
    layout["annotations"] = [_foot(sample, scale, first > 0, last <= place[-1, 0], room)]
    return go.Figure({"data": [words, names, _targets(sample, shown, place, wide, first)], "layout": layout})


def _targets(sample: Sample, shown: np.ndarray, place: np.ndarray, wide: np.ndarray, first: int) -> go.Scatter:
    """What is clicked: unseen points all along each word, so that its end answers as its middle does."""
    number = np.repeat(np.arange(len(shown)), (wide + 1) // 2)
    along = np.concatenate([np.arange(w)[::2] + min(1.0, w / 2) for w in wide]) if len(wide) else np.zeros(0)
    ids, names = sample["elements"][shown], sample["raw"]["dictionary"]
    say = [f"entry {e + 1:,}: {escape(cut(names[e], 40))}" if e >= 0 else "no entry of the dictionary" for e in ids]
    return go.Scatter(
        x=place[shown[number], 1] + along, y=place[shown[number], 0] - first, mode="markers", customdata=shown[number], opacity=0,
        text=[say[i] for i in number], hovertemplate="%{text}<extra></extra>", marker={"size": 18, "symbol": "square"},
    )  # fmt: skip


def _frames(sample: Sample, place: np.ndarray, seen: tuple[int, int, int], mark: int, scale: Scale) -> list[dict[str, object]]:
    """A frame around every word of the marked element."""
    line = {"color": scale.series[ACCENT], "width": 3}
    first, last, across = seen
    found = []
    for j in marked(sample, mark):
        row, column = int(place[j, 0]) - first, int(place[j, 1])
        if row < last - first:
            end = column + width(cut(sample["raw"]["token"][j], across))
            found.append({"type": "rect", "x0": column - 0.4, "x1": end + 0.4, "y0": row - 0.47, "y1": row + 0.47, "line": line})
    return found


def _foot(sample: Sample, scale: Scale, above: bool, below: bool, room: int) -> dict[str, object]:
    """Under the text: how fast it comes, how many words the dictionary lacks, and whether there is more of it."""
    first = sample["raw"]["token"][: len(sample["elements"])]
    words = np.array([any(sign.isalnum() for sign in token) for token in first], bool)
    words |= not words.any()  # of marks alone, each counts
    n, lost = int(words.sum()), int((sample["elements"][words] < 0).sum())
    speed = f"{sample['rate']:.0f} {sample['unit']}"
    what = "begin no entry" if int(sample["raw"]["ngram"][0]) > 1 else "unknown"
    more = {(True, True): "more ↑ ↓", (True, False): "more ↑", (False, True): "more ↓"}
    parts = [speed, f"<u><i>{lost:,} of {n:,}</i></u> {what}", more.get((above, below), "")]
    return {
        "text": " · ".join(part for part in parts if part),
        "x": 0, "y": room + 0.6, "xanchor": "left", "showarrow": False, "font": {"size": TICK, "color": scale.muted},
    }  # fmt: skip


def small(sample: Sample, left: float, top: float, scale: Scale) -> list[go.Scatter]:
    """The first words in five short lines; hovering shows the text."""
    lines: list[str] = []
    line = ""
    for token in sample["raw"]["token"][:40]:
        token = cut(token, SMALL_ACROSS)
        if line and width(line) + 1 + width(token) > SMALL_ACROSS:
            lines, line = [*lines, line], ""
        line = f"{line} {token}".strip()
    lines.append(line)
    more = len(lines) > SMALL_LINES or len(sample["raw"]["token"]) > 40
    text = "<br>".join(escape(part) for part in lines[:SMALL_LINES]) + (" …" if more else "")
    whole = " ".join(sample["raw"]["token"][:120])
    hover = "<br>".join(escape(whole[i : i + 60]) for i in range(0, min(len(whole), 600), 60))
    return [
        go.Scatter(
            x=[left + 0.03], y=[top + 0.47], mode="text", text=[text], textposition="middle right", cliponaxis=False,
            textfont={"size": TICK, "color": scale.ink}, hovertext=[hover], hovertemplate="%{hovertext}<extra></extra>",
        )
    ]  # fmt: skip


KIND = Kind(name="text", raw=raw, observation=observation, small=small)
