"""The view "Look inside" as a learner meets it."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from components.models.efficientnet import NAME, weights_file
from components.ui.images_inside import title
from components.ui.images_inside_code import source

PAGE = str(Path(__file__).parents[2] / "pages" / "3_models" / "2_images.py")


def visit(**query: str) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in ({"view": "inside"} | query).items():
        page.query_params[name] = value
    return page.run()


def metrics(page: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in page.metric}


@pytest.mark.parametrize("closer", ["cover", "dream", "filters", "check", "code"])
def test_every_closer_look_opens(closer: str) -> None:
    page = visit(closer=closer)
    assert not page.exception
    assert metrics(page)["This layer's answer"] == "112 × 14 × 14"


@pytest.mark.parametrize(
    ("picture", "layer"),
    [("cat", "stem"), ("camera", "block1"), ("digit-3", "head"), ("mnist-7", "block16"), ("teacup", "block9")],
)
def test_every_picture_and_layer_opens(picture: str, layer: str) -> None:
    page = visit(picture=picture, layer=layer, place="10.200")
    assert not page.exception
    assert page.query_params["place"] == "10.200"


@pytest.mark.parametrize(
    "query",
    [
        {"net": "vgg", "layer": "block99", "channel": "-1", "place": "1e9.2", "picture": "x" * 2000, "closer": "all"},
        {"channel": "9" * 400, "place": "224.0"},
        {"channel": "²", "place": "²." * 9, "net": "<script>"},
    ],
)
def test_hostile_addresses_fall_back(query: dict[str, str]) -> None:
    page = visit(**query)
    assert not page.exception
    assert not {"channel", "place", "net"} & set(page.query_params)


def test_a_channel_and_a_place_are_taken_from_the_address_and_forgotten_with_the_layer() -> None:
    page = visit(layer="block11", channel="84", place="40.50")
    assert "Channel 84 of block 11" in " ".join(m.value for m in page.markdown)
    page.select_slider(key="layer").set_value("block2").run()
    assert "channel" not in page.query_params
    assert page.query_params["place"] == "40.50"
    assert metrics(page)["One place sees"] == "11 px"


def test_a_network_that_is_not_here_is_offered_and_the_shipped_one_is_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import torch

    monkeypatch.setattr(torch.hub, "get_dir", lambda: str(tmp_path))
    page = visit(net="alexnet")
    assert not page.exception
    assert [b.label for b in page.button if "AlexNet" in b.label] == ["Download AlexNet (233 MB)"]
    assert metrics(page)["This layer's answer"] == "112 × 14 × 14"


def test_the_question_is_answered_by_what_is_measured() -> None:
    page = visit(closer="check")
    page.selectbox(key="inside-check-lite0").set_value("block9").run()
    assert "211 pixels" in page.info[0].value
    page.selectbox(key="inside-check-lite0").set_value("block10").run()
    assert "275 pixels" in page.success[0].value


def test_the_file_runs_alone(tmp_path: Path) -> None:
    (tmp_path / "look.py").write_text(source("block5", 3))
    Image.fromarray((np.random.default_rng(0).random((40, 60, 3)) * 255).astype(np.uint8)).save(tmp_path / "picture.png")
    command = [sys.executable, "look.py", "picture.png", str(weights_file())]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "block5, channel 3: strongest answer" in done.stdout
    assert len(done.stdout.splitlines()) == 20 + 2 + 5
    assert NAME in source("block5", 3)


def test_titles_are_words() -> None:
    assert [title(n) for n in ("stem", "block11", "conv1")] == ["stem", "block 11", "conv 1"]


def test_a_situation_brings_layer_and_channel_together() -> None:
    page = visit(layer="block3", channel="2")
    page.session_state["layer"], page.session_state["channel"] = "block11", 7
    page.run()
    assert "Channel 7 of block 11" in " ".join(m.value for m in page.markdown)
    assert page.query_params["channel"] == "7"
