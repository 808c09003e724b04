"""Pictures of writing: the drawn token is always among the bars, and says so."""

import numpy as np

from components.figures.bits_curve import bits_curve
from components.figures.next_token import STEPS, TOP, memory, next_token
from components.figures.piano_roll import piano_roll

NAMES = ["<b>", " ", "\n", *"abcdefghijklmnopq"]


def test_the_drawn_token_is_marked_even_if_unlikely():
    p = np.arange(20, 0, -1) / 210
    for drawn in (0, 19):
        bars = next_token(NAMES, p, drawn).data[0]
        assert len(bars.x) == TOP
        assert f"t{drawn}" in bars.customdata
        assert [t for t, c in zip(bars.text, bars.customdata, strict=True) if "drawn" in t] == [
            bars.text[bars.customdata.index(f"t{drawn}")]
        ]
        assert len(set(bars.marker.color)) == 2
    ticks = next_token(NAMES, p, 0).layout.yaxis.ticktext
    assert ticks[:3] == ("&lt;b&gt;", "␣", "↵")


def test_the_strip_shows_the_last_steps():
    hidden = np.random.default_rng(0).random((60, 8)) * 2 - 1
    figure = memory(hidden, ["a"] * 60)
    assert np.asarray(figure.data[0].z).shape == (8, STEPS)
    assert memory(hidden[:1], ["a"]).data[0].z.shape == (8, 1)


def test_a_bar_for_every_note_and_a_line_for_every_end():
    notes = np.array([[60, 1], [0, 0.5], [62, 2], [0, 0]])
    figure = piano_roll(notes, 1, seconds=1.0)
    assert figure.data[0].base.tolist() == [0, 1.5]
    assert figure.layout.shapes[0].x0 == 3.5
    assert len(piano_roll(notes[:0]).data[0].x) == 0


def test_levels_are_named():
    figure = bits_curve(np.array([0, 10]), np.array([6.0, 3.0]), {"pairs": 3.4}, "character")
    assert figure.layout.annotations[0].text == "pairs: 3.40"
