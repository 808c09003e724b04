"""The diagram of a composed model shows what is lit and who looks at whom; curves and symmetries keep their numbers."""

import numpy as np
import pytest

from components.figures.composed_curves import Line, composed_curves
from components.figures.composition import SIGNS, Sheet, composition
from components.figures.composition_sheets import Elements, centres
from components.figures.scale import DARK, LIGHT, TICK
from components.figures.symmetry_marks import EXACT, symmetry_marks


def column(n: int) -> Elements:
    places = np.array([[0.5, (i + 0.5) / n] for i in range(n)])
    return Elements("column", places, (1.0, 1 / n), tuple(range(n)), glyphs=tuple(f"w{i}" for i in range(n)))


def grid(side: int) -> Elements:
    places = np.array([[(c + 0.5) / side, (r + 0.5) / side] for r in range(side) for c in range(side)])
    return Elements("grid", places, (1 / side, 1 / side), tuple(range(side * side)), "data:image/png;base64,AA==")


def cloud(n: int) -> Elements:
    return Elements("cloud", np.random.default_rng(0).random((n, 2)), (0, 0), tuple(range(n)), wires=((0, 1), (1, 2)))


def sheets(layers: int, pool: bool) -> list[Sheet]:
    names = ["elements", "represent", *(f"layer {i + 1}" for i in range(layers)), *(["pool"] if pool else []), "answer"]
    return [Sheet(name, "above", "5 × 8", 40 * i) for i, name in enumerate(names)]


def chain(n: int, layers: int, mark: int) -> tuple[np.ndarray, np.ndarray]:
    looks = np.abs(np.subtract.outer(np.arange(n), np.arange(n))) <= 1
    lit = [np.arange(n) == mark]
    for _ in range(layers):
        lit.append(lit[-1] | looks[lit[-1]].any(0))
    return np.stack(lit[::-1]), looks


@pytest.mark.parametrize("scale", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("columns", [12, 3])
@pytest.mark.parametrize("pool", [*SIGNS, "each"])
@pytest.mark.parametrize("data", [column(9), grid(3), cloud(9)], ids=["column", "grid", "cloud"])
def test_every_kind_is_drawn(data: Elements, pool: str, columns: int, scale) -> None:  # type: ignore[no-untyped-def]
    lit, looks = chain(9, 2, 4)
    figure = composition(
        data, sheets(2, pool != "each"), lit, looks, shared=pool != "max", pool=pool, answer="yes", columns=columns, scale=scale
    )
    assert figure.to_json()
    words = " ".join(a.text for a in figure.layout.annotations)
    assert "40 weights" in words
    assert "yes" in words
    assert all(a.font.size >= TICK for a in figure.layout.annotations)
    clicked = {c for t in figure.data if t.customdata is not None for c in t.customdata}
    assert clicked == {f"e{i}" for i in range(9)}


def test_lines_come_from_those_who_are_looked_at() -> None:
    data = column(9)
    lit, looks = chain(9, 1, 4)
    figure = composition(data, sheets(1, True), lit, looks, shared=True, pool="sum", answer="yes")
    at = centres(data, 0, 0)[:, 1]
    found = [t for t in figure.data if t.mode == "lines" and t.fill is None and t.x is not None and len(t.x) == 9]
    heights = sorted({round(float(t.y[i]), 3) for t in found for i in range(0, 9, 3)})
    assert heights == sorted(round(float(at[i]), 3) for i in (3, 4, 5))


def test_separate_maps_have_different_colours() -> None:
    lit, looks = chain(9, 1, 4)

    def fills(shared: bool) -> set[str]:
        figure = composition(column(9), sheets(1, True), lit, looks, shared=shared, pool="sum", answer="yes")
        return {t.fillcolor.rsplit(",", 1)[0] for t in figure.data if t.fill == "toself"}

    assert len(fills(True)) == 1
    assert len(fills(False)) >= 9


def test_curves_keep_their_order_and_names_stay_apart() -> None:
    steps = np.array([0, 150, 300])
    lines = [Line("own", steps, np.array([0.1, 0.8, 0.9]), "own"), Line("kept", steps, np.array([0.1, 0.8, 0.9]), "kept")]
    lines += [Line(f"r{i}", steps, np.array([0.1, 0.5, 0.9]), "recorded") for i in range(3)]
    figure = composed_curves(lines, {"logistic regression": 0.9}, chance=0.1, height=186)
    assert figure.data[-1].name == "own"
    assert figure.data[-1].line.width > figure.data[0].line.width
    heights = sorted(a.y for a in figure.layout.annotations)
    assert np.diff(heights).min() > 0.09
    assert max(heights) <= 1.01
    assert composed_curves([], {}, chance=None, measure="R²").to_json()


def test_negative_scores_are_shown_down_to_a_half() -> None:
    figure = composed_curves([Line("own", np.array([0, 10]), np.array([-30.0, 0.2]), "own")], {}, chance=None, measure="R²")
    assert figure.layout.yaxis.range[0] == pytest.approx(-0.52)


def test_what_is_exact_stands_left_and_says_so() -> None:
    titles = {"a": "another order", "b": "mirrored"}
    figure = symmetry_marks({"a": 0.0, "b": 0.3}, {"a": 2e-7, "b": 0.5}, titles)
    words = [a.text for a in figure.layout.annotations]
    assert "stays the same" in words[0]
    assert "moves by 0.5" in words[1]
    assert figure.data[0].x[0] < EXACT < figure.data[1].x[1]
    assert len(symmetry_marks({"a": 1.0}, None, titles).data) == 1
