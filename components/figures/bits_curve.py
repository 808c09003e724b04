"""How well a generator guesses while it learns: bits a token against tokens read, beside what counting alone reaches."""

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import NAMED, TICK, Scale, axis, fade, frame


def bits_curve(
    seen: np.ndarray, bits: np.ndarray, levels: dict[str, float], unit: str, *, scale: Scale = NAMED, height: int = 300
) -> go.Figure:
    """One curve and dashed levels.

    Args:
        seen: tokens read so far `(n,)`.
        bits: bits a token on held-out tokens `(n,)`.
        levels: name -> bits of what needs no network.
        unit: what a token is.
        scale: colours.
        height: pixels.
    """
    curve = {
        "type": "scatter", "mode": "lines+markers", "x": seen, "y": bits, "line": {"color": scale.series[0], "width": 3.5},
        "marker": {"size": 6}, "hovertemplate": f"%{{x:,}} {unit}s read: %{{y:.2f}} bits<extra></extra>",
    }  # fmt: skip
    layout = frame(scale, height=height, showlegend=False, uirevision="bits")
    line = {"color": scale.muted, "width": 1.5, "dash": "dash"}
    layout["shapes"] = [
        {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": line} for y in levels.values()
    ]
    layout["annotations"] = [
        {
            "xref": "paper", "x": 1, "y": y, "xanchor": "right", "yanchor": "bottom", "text": f"{name}: {y:.2f}",
            "showarrow": False, "font": {"size": TICK, "color": scale.ink}, "bgcolor": fade(scale.paper, 0.7),
        }
        for name, y in levels.items()
    ]  # fmt: skip
    layout["xaxis"] = axis(scale, f"{unit}s read in training", rangemode="tozero")
    top = max([*levels.values(), float(np.max(bits, initial=0.0))])
    layout["yaxis"] = axis(scale, f"bits per {unit} (held out)", range=[0, top * 1.08])
    return go.Figure({"data": [curve], "layout": layout})
