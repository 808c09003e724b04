"""The lecture's picture: drawn by the project's script, with the cup on the right of the laptop."""

import numpy as np

from components.modalities.language import MODALITY as LANGUAGE
from components.modalities.vision import MODALITY
from pretrained.build.teacup import EYE, TARGET, march, render
from pretrained.build.teacup_scene import CUP, CUP_AT, LAPTOP_AT, LID, distance, nearest, parts


def test_it_is_an_example_and_the_cat_stays_the_default() -> None:
    names = list(MODALITY.examples)
    assert names[0] == "cat"
    assert names[-1] == "teacup"
    sample = MODALITY.examples["teacup"]()
    assert sample["raw"].shape == (256, 256, 3)
    assert "drawn by this project's script" in sample["about"]
    assert 0.5 < sample["raw"].mean() < 0.9  # a bright room


def test_the_sentence_is_there_too_written_and_spoken() -> None:
    for name in ("teacup", "teacup-spoken"):
        words = " ".join(LANGUAGE.examples[name]()["raw"]["token"]).lower()
        assert "a teacup on the right of a laptop in a clean room" in words


def test_the_cup_is_on_the_right_of_the_laptop() -> None:
    """Rays from the eye towards the two meet them first, and the right of the picture is the cup's."""
    goals = np.array([[CUP_AT[0], 0.5, CUP_AT[2]], [LAPTOP_AT[0], 1.2, -0.9]]).T
    way = goals - EYE[:, None]
    way = (way / np.sqrt((way**2).sum(0))).astype(np.float32)
    start = np.repeat(EYE[:, None], 2, 1).astype(np.float32)
    assert nearest(start + march(start, way) * way).tolist() == [CUP, LID]
    right = np.cross(TARGET - EYE, [0, 1, 0])
    assert right @ way[:, 0] > 0 > right @ way[:, 1]


def test_a_step_never_jumps_through_a_surface() -> None:
    """Sphere tracing needs a distance that is never too long: a step of it, whichever way, ends outside of everything."""
    rng = np.random.default_rng(0)
    p = rng.uniform([[-2.5], [0.02], [-2]], [[3], [2.5], [2]], (3, 20_000)).astype(np.float32)
    far = distance(p)
    p, far = p[:, far > 0], far[far > 0]
    way = rng.normal(size=p.shape).astype(np.float32)
    ends = distance(p + 0.98 * far * way / np.sqrt((way**2).sum(0)))
    assert (ends < -0.002).mean() < 2e-4
    assert len(parts(p)) == 9


def test_the_file_is_what_the_script_draws() -> None:
    """A small rendering shows the same picture."""
    small = render(64, 2)
    curve = np.clip(np.where(small <= 0.0031308, 12.92 * small, 1.055 * np.maximum(small, 1e-6) ** (1 / 2.4) - 0.055), 0, 1)
    shipped = MODALITY.examples["teacup"]()["raw"].reshape(64, 4, 64, 4, 3).mean((1, 3))
    assert np.corrcoef(curve.ravel(), shipped.ravel())[0, 1] > 0.95
