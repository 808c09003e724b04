"""A melody as a piano roll: time to the right, pitch upwards, a bar for every note."""

import numpy as np
import plotly.graph_objects as go

from components.figures.scale import NAMED, Scale, axis, frame

NAMES = {48: "C3", 55: "G3", 60: "C4", 64: "E4", 67: "G4", 72: "C5", 76: "E5", 79: "G5", 84: "C6"}


def piano_roll(
    notes: np.ndarray, given: int = 0, *, title: str = "", seconds: float = 0.5, scale: Scale = NAMED, height: int = 230
) -> go.Figure:
    """Bars of the notes.

    Args:
        notes: MIDI pitch (0 for silence) and length in quarter notes, `(n, 2)`; (0, 0) ends a melody, drawn as a line.
        given: how many of the first notes were the learner's; they are grey.
        title: of the picture.
        seconds: of a quarter note.
        scale: colours.
        height: pixels.
    """
    begin = np.concatenate([[0.0], np.cumsum(notes[:, 1])])[: len(notes)] * seconds
    heard = np.flatnonzero((notes[:, 0] > 0) & (notes[:, 1] > 0))
    colour = np.array([scale.muted] * given + [scale.series[0]] * (len(notes) - given), object)[: len(notes)]
    if len(notes) > given:
        colour[-1] = scale.series[1]
    bars = {
        "type": "bar", "orientation": "h", "base": begin[heard], "x": notes[heard, 1] * seconds * 0.94, "y": notes[heard, 0],
        "width": 0.9, "marker": {"color": colour[heard].tolist(), "line": {"width": 0}},
        "hovertemplate": "pitch %{y}, from %{base:.1f} s<extra></extra>",
    }  # fmt: skip
    ends = begin[(notes[:, 1] == 0)]
    line = {"color": scale.muted, "width": 2, "dash": "dot"}
    layout = frame(scale, title=title, height=height, showlegend=False, dragmode=False, barmode="overlay")
    layout["shapes"] = [{"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": x, "x1": x, "line": line} for x in ends[:40]]
    low, high = (notes[heard, 0].min(), notes[heard, 0].max()) if len(heard) else (60, 72)
    layout["xaxis"] = axis(scale, "seconds", fixedrange=True)
    layout["yaxis"] = axis(
        scale, range=[min(low, 60) - 1, max(high, 72) + 1], tickvals=list(NAMES), ticktext=list(NAMES.values()), fixedrange=True
    )  # fmt: skip
    return go.Figure({"data": [bars], "layout": layout})
