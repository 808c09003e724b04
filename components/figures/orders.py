"""One set in all K! orders, through the four networks: four strips, one cell per order."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from components.figures.learning_curves import ARCHITECTURES, NAMES
from components.figures.scale import NAMED, TICK, Scale, style


def order_strips(
    truth: np.ndarray,
    answers: Sequence[Sequence[str]],
    orders: Sequence[str],
    chosen: tuple[bool, bool],
    *,
    scale: Scale = NAMED,
    height: int = 230,
) -> go.Figure:
    """The probability of the true class for every order, as colour; a network blind to order gives one even strip.

    Args:
        truth: probability of the true class `(4, k!)`.
        answers: the predicted class of every order, by name, four lists of k!.
        orders: every order, written out, k! strings.
        chosen: (sharing, invariant pooling) of the network on the page.
        scale: colours.
        height: pixels.
    """
    spread = truth.max(1) - truth.min(1)
    words = ["spread 0" if s < 1e-5 else f"spread {s:.2f}" for s in spread]
    labels = [
        f"<b>{NAMES[a]}</b><br>{w}" if a == chosen else f"{NAMES[a]}<br>{w}" for a, w in zip(ARCHITECTURES, words, strict=True)
    ]
    text = [[f"{o} → {a}" for o, a in zip(orders, row, strict=True)] for row in answers]
    figure = go.Figure(
        go.Heatmap(
            z=truth.astype(np.float32),
            y=labels,
            zmin=0,
            zmax=1,
            colorscale=[(i / (len(scale.sequential) - 1), c) for i, c in enumerate(scale.sequential)],
            customdata=text,
            hovertemplate="%{customdata}<br>probability of the right answer %{z:.3f}<extra></extra>",
            colorbar={"title": {"text": "p(right)"}, "thickness": 10, "tickvals": [0, 0.5, 1], "len": 1},
            ygap=6,
        )
    )
    style(figure, scale, title="One set, every order", height=height, uirevision="orders")
    figure.update_xaxes(title_text=f"all {truth.shape[1]} orders of this set", showticklabels=False, showgrid=False)
    figure.update_yaxes(autorange="reversed", tickfont={"size": TICK, "color": scale.ink}, showgrid=False)
    return figure
