"""Adding a modality is adding one file: a toy one appears on the page, is drawn, trained and answers, with no other edit."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import components.modalities
from components.catalogue import discover
from components.learn import exercise as lessons

PAGE = Path(__file__).parents[2] / "pages" / "1_data" / "1_modality.py"
TOY = '''
"""Smell: how strongly each of four receptors answers, over time."""

import numpy as np

from components.modalities.base import Control, Exercise, Modality
from components.values import BadInput, Sample


def scent(strength):
    x = np.outer(np.linspace(0, 1, 20), [1.0, 0.5, 0.2, 0.1]).astype(np.float32) * strength
    return {"raw": x, "elements": x.copy(), "grid": (20,), "rate": 2.0, "unit": "Hz", "about": "Synthetic: a toy"}


def draw(n, generator, part):
    import torch

    y = torch.randint(2, (n,), generator=generator)
    return torch.rand(n, 20, 4, generator=generator) + y[:, None, None] + (0.001 if part == "test" else 0), y


def enter(sample, mark):
    if sample["elements"].shape[1] != 4:
        raise BadInput("This network knows four receptors.")
    return sample["elements"]


MODALITY = Modality(
    name="smell", order=9, title="Smell", sentence="A smell is a few receptors over time.", slide="none",
    formula=r"x_i \\\\in \\\\mathbb{R}^{T \\\\times 4}", examples={"rose": lambda: scent(1.0), "coffee": lambda: scent(2.0)},
    read={}, observe=lambda sample: sample["elements"],
    controls={"half": Control("Half", (1, 2), 1, lambda s, v: s | {"elements": s["elements"] / v}, "Weaker")},
    tasks={"strong": Exercise("Is it strong?", ("no", "yes"), draw, "none", enter, lambda x: scent(1.0), "made up",
                              sizes=(50, 100), test=100, steps=40)},
    presets={"weak": ("half as much", {"half": 2})}, check=("?", "!"),
)
'''


@pytest.fixture
def eighth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "smell.py").write_text(TOY)
    monkeypatch.setattr(components.modalities, "__path__", [*components.modalities.__path__, str(tmp_path)])
    importlib.invalidate_caches()
    discover.cache_clear()
    yield
    sys.modules.pop("components.modalities.smell", None)
    discover.cache_clear()


@pytest.mark.usefixtures("eighth")
def test_one_file_is_a_whole_modality() -> None:
    assert "smell" in discover("modalities", "MODALITY")
    page = AppTest.from_file(str(PAGE), default_timeout=30)
    page.query_params["modality"] = "smell"
    page.query_params["half"] = "2"
    page.run()
    assert not page.exception
    assert page.segmented_control(key="modality").value == "smell"
    assert {m.label: m.value for m in page.metric}["Elements"] == "20"
    assert any("Nothing is trained yet" in info.value for info in page.info)
    *_, frame = lessons.learn(lessons.Lesson("smell", "strong"))
    assert frame["accuracy"].item() > 0.95


def test_without_the_file_it_is_gone() -> None:
    assert "smell" not in discover("modalities", "MODALITY")
