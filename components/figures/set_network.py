"""The network as the two blocks of the lecture: represent every element, then aggregate. Shared weights share a colour."""

import base64
import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import LABEL, NAMED, SHARE_AND_POOL, TICK, Scale, fade, style

COLUMNS = {"element": 0.0, "phi": 1.15, "pool": 2.3, "rho": 3.35, "answer": 4.05}
SIGNS = {"sum": "Σ", "mean": "mean", "max": "max", "attention": "Σ αᵢ", "concatenate": "[ ; ]"}


def picture(image: np.ndarray, side: int = 48) -> str:
    """A small grey picture `(h, w)` as a PNG data link, dark ink on white, enlarged without smoothing."""
    from PIL import Image

    grey = 255 - (image.astype(np.float32) * 255 / max(1, image.max())).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(grey).resize((side, side), Image.Resampling.NEAREST).save(buffer, "PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


def set_network(
    glyphs: Sequence[Any],
    share: bool,
    pool: str,
    answer: str,
    counts: dict[str, int],
    *,
    scale: Scale = NAMED,
    height: int = 330,
) -> go.Figure:
    """Draw elements -> phi -> pooling -> rho -> answer.

    Args:
        glyphs: what each element looks like: a text, or a picture `(h, w)`.
        share: one phi for all (one colour) or one for each (a colour each).
        pool: a key of `models.pools.POOLS`.
        answer: what the network says, or the question.
        counts: parameters of "phi" and "rho".
        scale: colours.
        height: pixels.
    """
    n = len(glyphs)
    invariant = pool != "concatenate"
    figure = go.Figure()
    rows = [(n - 1) / 2 - i for i in range(n)]
    colours = [scale.series[SHARE_AND_POOL[(True, invariant)]] if share else scale.series[(i + 3) % 10] for i in range(n)]
    for i, (y, glyph, colour) in enumerate(zip(rows, glyphs, colours, strict=True)):
        _wire(figure, COLUMNS["element"] + 0.3, y, COLUMNS["phi"] - 0.36, y, scale)
        _wire(figure, COLUMNS["phi"] + 0.36, y, COLUMNS["pool"] - 0.34, y * (0.3 if invariant else 0.72), scale)
        _box(figure, "phi", y, 0.36, 0.36, colour, "φ" if share else f"φ<sub>{i + 1}</sub>", scale)
        if isinstance(glyph, str):
            figure.add_annotation(
                x=COLUMNS["element"], y=y, text=f"<b>{glyph}</b>", showarrow=False, font={"size": 20, "color": scale.ink}
            )
        else:
            figure.add_layout_image(
                source=picture(glyph), x=COLUMNS["element"], y=y, xref="x", yref="y", sizex=0.8, sizey=0.8,
                xanchor="center", yanchor="middle",
            )  # fmt: skip
        if not invariant:  # every place has a room of its own
            _box(figure, "pool", y * 0.72, 0.34, 0.33, scale.series[1], str(i + 1), scale)
    if invariant:
        _box(figure, "pool", 0, 0.34, max(0.5, n * 0.19), scale.series[0], SIGNS[pool], scale)
    _wire(figure, COLUMNS["pool"] + 0.34, 0, COLUMNS["rho"] - 0.34, 0, scale)
    _wire(figure, COLUMNS["rho"] + 0.34, 0, COLUMNS["answer"] - 0.06, 0, scale)
    _box(figure, "rho", 0, 0.34, 0.5, scale.muted, "ρ", scale)
    figure.add_annotation(
        x=COLUMNS["answer"],
        y=0,
        text=f"<b>{answer}</b>",
        showarrow=False,
        xanchor="left",
        font={"size": LABEL, "color": scale.ink},
    )
    foot = -(n / 2) - 0.2
    for name, words in (
        ("phi", f"{'one φ, shared' if share else f'{n} separate φ'}<br>{counts['phi']:,} weights"),
        ("rho", f"one ρ<br>{counts['rho']:,} weights"),
    ):
        figure.add_annotation(
            x=COLUMNS[name], y=foot, text=words, showarrow=False, yanchor="top", font={"size": TICK, "color": scale.ink}
        )
    top = max(0.5, n * 0.19) if invariant else (n - 1) / 2 * 0.72 + 0.33
    figure.add_annotation(
        x=COLUMNS["pool"], y=top + 0.05, yanchor="bottom", text="order forgotten" if invariant else "order kept", showarrow=False,
        bgcolor=scale.paper,
        font={"size": TICK, "color": scale.ink},
    )  # fmt: skip
    style(figure, scale, height=height, showlegend=False, dragmode=False, hovermode=False)
    figure.update_xaxes(visible=False, range=[-0.5, 5.35], fixedrange=True)
    figure.update_yaxes(visible=False, range=[foot - 0.95, n / 2 + 0.1], fixedrange=True)
    return figure.update_layout(margin={"t": 4, "b": 4, "l": 4, "r": 4})


def _wire(figure: go.Figure, x0: float, y0: float, x1: float, y1: float, scale: Scale) -> None:
    figure.add_shape(type="line", x0=x0, y0=y0, x1=x1, y1=y1, line={"color": scale.muted, "width": 1.5}, layer="below")


def _box(figure: go.Figure, column: str, y: float, half: float, tall: float, colour: str, text: str, scale: Scale) -> None:
    x = COLUMNS[column]
    figure.add_shape(
        type="rect", x0=x - half, x1=x + half, y0=y - tall, y1=y + tall,
        line={"color": colour, "width": 2.5}, fillcolor=fade(colour, 0.16), layer="below",
    )  # fmt: skip
    figure.add_annotation(x=x, y=y, text=text, showarrow=False, font={"size": 18, "color": scale.ink})
