"""Special against general models: accuracy over the number of training samples, and over what a model costs."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import LABEL, NAMED, TICK, Scale, axis, frame

LOOKS = {"special": (0, "solid", "circle", 4), "special 2": (2, "dashdot", "diamond", 3), "attention": (1, "dash", "square", 4),
         "flat": (8, "dot", "x", 2.5)}  # fmt: skip
"""Role -> series colour, dash, marker, width; a second special model has a look of its own."""


def looks(roles: Sequence[str]) -> list[tuple[int, str, str, float]]:
    """How each model is drawn."""
    return [LOOKS["special 2" if role == "special" and "special" in roles[:i] else role] for i, role in enumerate(roles)]


def error(accuracy: np.ndarray) -> np.ndarray:
    """Standard error over seeds, `(..., seeds) -> (...)`."""
    k = accuracy.shape[-1]
    return accuracy.std(-1, ddof=1) / k**0.5 if k > 1 else np.zeros(accuracy.shape[:-1])


def si(value: float) -> str:
    """0.3, 30 k, 1 M."""
    for unit, size in ((" M", 1e6), (" k", 1e3)):
        if value >= size:
            return f"{value / size:g}{unit}"
    return f"{value:g}"


def special_curves(
    sizes: np.ndarray, accuracy: np.ndarray, names: Sequence[str], roles: Sequence[str], chance: float,
    earlier: np.ndarray | None = None, *, scale: Scale = NAMED, height: int = 380,
) -> go.Figure:  # fmt: skip
    """Learning curves with error bars.

    Args:
        sizes: numbers of training samples `(s,)`.
        accuracy: `(models, s, seeds)`.
        names, roles: of the models; roles are keys of `LOOKS`.
        chance: accuracy of guessing.
        earlier: the recorded means `(models, s)`, faded behind a live run.
        scale: colours.
        height: pixels.
    """
    data = []
    for i, (colour, dash, marker, width) in enumerate(looks(roles)):
        ink, spread = scale.series[colour], error(accuracy[i])
        if earlier is not None:
            plain = {"mode": "lines", "opacity": 0.3, "hoverinfo": "skip", "showlegend": False}
            data.append(
                {"type": "scatter", "x": sizes, "y": earlier[i], "line": {"color": ink, "width": 2, "dash": dash}} | plain
            )
        data.append({
            "type": "scatter", "x": sizes, "y": accuracy[i].mean(1), "mode": "lines+markers", "name": names[i],
            "customdata": spread,
            "line": {"color": ink, "width": width, "dash": dash}, "marker": {"color": ink, "size": 10, "symbol": marker},
            "error_y": {"type": "data", "array": spread, "color": ink, "thickness": 1.5, "width": 4},
            "hovertemplate": f"{names[i]}<br>%{{x}} samples: %{{y:.3f}} ± %{{customdata:.3f}}<extra></extra>",
        })  # fmt: skip
    guess = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": chance, "y1": chance}
    layout = frame(
        scale, height=height, uirevision="special-curves", hovermode="closest",
        shapes=[guess | {"line": {"color": scale.muted, "width": 1, "dash": "dot"}}],
        annotations=[{
            "x": 1, "xref": "paper", "xanchor": "right", "y": chance, "yshift": 9, "text": "guessing", "showarrow": False,
            "font": {"size": TICK, "color": scale.muted},
        }],
        xaxis=axis(scale, "training samples", type="log", tickvals=list(sizes), ticktext=[f"{s:,}" for s in sizes]),
        yaxis=axis(scale, "test accuracy", range=[0, 1.04], tickformat=".0%", dtick=0.2),
    )  # fmt: skip
    layout["legend"] |= {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0}
    return go.Figure({"data": data, "layout": layout})


def special_costs(
    cost: np.ndarray, accuracy: np.ndarray, names: Sequence[str], roles: Sequence[str], title: str, *,
    scale: Scale = NAMED, height: int = 380,
) -> go.Figure:  # fmt: skip
    """Accuracy over cost, one mark a model, in the colours and marks of `special_curves`.

    Args:
        cost: `(models,)`, above 0.
        accuracy: `(models, seeds)`.
        names, roles: of the models.
        title: of the cost, with its unit.
        scale: colours.
        height: pixels.
    """
    data = []
    spread = error(accuracy)
    for i, (colour, _, marker, _) in enumerate(looks(roles)):
        ink, mean = scale.series[colour], float(accuracy[i].mean())
        data.append({
            "type": "scatter", "x": [float(cost[i])], "y": [mean], "mode": "markers", "showlegend": False,
            "marker": {"color": ink, "size": 16, "symbol": marker},
            "error_y": {"type": "data", "array": [float(spread[i])], "color": ink, "width": 4},
            "hovertemplate": f"{names[i]}<br>%{{x:,.3g}}<br>%{{y:.3f}} ± {spread[i]:.3f}<extra></extra>",
        })  # fmt: skip
    low, high = np.log10(cost.min()), np.log10(cost.max())
    room = max(0.25, 0.18 * (high - low))
    ticks = [m * 10.0**k for k in range(int(np.floor(low - room)), int(np.ceil(high + room)) + 1) for m in (1, 3)]
    layout = frame(
        scale, height=height, uirevision="special-costs", hovermode="closest",
        xaxis=axis(scale, title, type="log", range=[low - room, high + room], tickvals=ticks, ticktext=[si(t) for t in ticks]),
        yaxis=axis(scale, "", range=[0, 1.04], tickformat=".0%", dtick=0.2),
    )  # fmt: skip
    layout["xaxis"]["title"]["font"]["size"] = LABEL
    return go.Figure({"data": data, "layout": layout})
