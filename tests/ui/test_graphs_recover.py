"""The view "Graphs recover the others" as a learner meets it: every kind of data and weights, types off, bad links, the code."""

import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.learn.recovering import prepared
from components.learn.recovering_data import SHAPES, nodes_of
from components.ui.graphs_recover_below import LOOKS, named_fits
from components.ui.graphs_recover_code import source
from components.ui.graphs_recover_words import KINDS, small
from tests.ui.views import open_view


def visit(**query: str) -> AppTest:
    page = open_view("4_graphs", "recover", **query)
    assert not page.exception
    return page


def metric(page: AppTest, label: str) -> str:
    return next(m.value for m in page.metric if m.label == label)


@pytest.mark.parametrize("shape", KINDS)
def test_every_kind_opens_and_is_equal_up_to_rounding(shape: str) -> None:
    page = visit(shape=shape, recipe="random-2")
    apart = metric(page, "Largest difference")
    assert apart == "0, exactly" or "10⁻" in apart
    assert len(page.metric) == 4


@pytest.mark.parametrize(("recipe", "r2"), [("blur", "1.00"), ("edge_vertical", "0.00")])
def test_without_types_a_blur_is_still_right_and_an_edge_is_lost(recipe: str, r2: str) -> None:
    page = visit(shape="picture", typed="false", recipe=recipe, gcloser="check")
    assert metric(page, "R² without types").replace("-", "") == r2
    assert bool(page.success) == (recipe == "blur")


def test_without_edges_a_grid_is_a_set_and_no_convolution() -> None:
    page = visit(shape="picture", edges8="0")
    assert metric(page, "Edges") == "0"
    assert float(metric(page, "Largest difference")) > 0.1
    assert any("a set, every node alone" in m.value for m in page.markdown)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("shape", ["set", "graph"])
def test_every_closer_look_opens(shape: str, look: str) -> None:
    visit(shape=shape, gcloser=look, typed="false")


def test_bad_links_fall_back() -> None:
    page = visit(shape="torus", recipe="<b>", typed="maybe", gdata="../x", gnode="picture.999999", edges8="-3", gcloser="?")
    assert metric(page, "Edges") == "5,940"
    visit(shape="attention", gsentence="‮🙂", gnode="attention.x")


def test_the_named_filters_are_ordered_as_the_page_says() -> None:
    fits = named_fits()
    assert fits["blur"] > 1 - 1e-9
    assert 0.9 < fits["laplacian"] < 0.99
    assert max(fits["edge_vertical"], fits["edge_horizontal"]) < 0.01


def test_numbers_as_they_are_read() -> None:
    assert [small(v) for v in (0, 0.5, 1.2e-7)] == ["0", "0.5", "1.2 · 10⁻⁷"]


@pytest.mark.parametrize("shape", SHAPES)
def test_the_file_runs_alone(shape: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nodes = nodes_of(shape)
    text = source(shape, nodes, prepared(nodes, "random-1"), shape != "picture")
    assert "components." not in text
    if shape == "picture":  # one of them as a process of its own, which costs seconds
        (tmp_path / "run.py").write_text(text, "utf-8")
        ran = subprocess.run([sys.executable, "run.py"], capture_output=True, text=True, check=True, cwd=tmp_path)
        said = ran.stdout
    else:
        exec(compile(text, "run.py", "exec"), {"__name__": "__main__"})
        said = capsys.readouterr().out
    assert float(said.split("largest difference ")[1].split(",")[0]) < 1e-5
    if shape == "picture":
        assert "R^2" in said
