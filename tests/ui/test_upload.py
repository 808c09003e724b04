"""Uploads through the widget: one sentence for what cannot be used, and the page goes on."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from components.catalogue import discover
from components.ui import upload
from components.values import BadInput

PAGE = str(Path(__file__).with_name("upload_page.py"))
VISION, SET = (discover("modalities", "MODALITY")[name] for name in ("vision", "set"))
HOSTILE = [
    "<script>alert(1)</script>.png",
    "a" * 300 + ".png",
    "../../etc/passwd.png",
    "[x](javascript:alert(1)).png",
    "\u202egnp.png",
    "$x$ **b** :red[c].png",
]


def picture(kind: str = "PNG", side: int = 4) -> bytes:
    out = io.BytesIO()
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (side, side, 3), np.uint8)).save(out, kind)
    return out.getvalue()


def bring(name: str, data: bytes, modality: str = "vision") -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=30)
    page.query_params["modality"] = modality
    page.run()
    page.file_uploader[0].set_value((name, data, "application/octet-stream"))
    return page.run()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("empty.png", b"", "empty"),
        ("cut.png", picture("PNG", 60)[:900], "damaged"),
        ("cut.jpg", picture("JPEG", 60)[:900], "damaged"),
        ("text.png", b"hello", "not a picture"),
        ("big.png", picture() + b"\0" * (10 * 2**20), "10 MB"),
        ("note.exe", b"MZ", "kind of file"),
        ("noending", picture(), "kind of file"),
    ],
)
def test_refusals_leave_the_page_alone(name: str, data: bytes, why: str) -> None:
    page = bring(name, data)
    assert not page.exception
    assert len(page.warning) == 1
    assert why in page.warning[0].value.replace("\\", "")
    assert page.text[0].value == "no sample"
    page.file_uploader[0].set_value(("good.png", picture(), "image/png"))
    page.run()
    assert not page.warning
    assert page.text[0].value == "grid (4, 4), elements (16, 3)"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_never_shown(name: str) -> None:
    page = bring(name, b"broken")
    assert not page.exception
    assert len(page.warning) == 1
    shown = " ".join(element.value for kind in (page.warning, page.markdown, page.text) for element in kind)
    assert not any(part in shown for part in ("script", "aaa", "passwd", "javascript", "red"))
    assert bring(name, picture()).text[0].value.startswith("grid (4, 4)")


@pytest.mark.parametrize(
    ("data", "why"), [(b"1 2 3\nnan 1 1\n3 4 5\n", "NaN"), (b"<b>\n<i>\n", "numbers"), (b"\x00\xff", "text")]
)
def test_points_through_the_widget(data: bytes, why: str) -> None:
    page = bring("cloud.xyz", data, "set")
    assert not page.exception
    assert why in page.warning[0].value
    assert bring("cloud.CSV", b"x,y\n0,0\n1,0\n0,1\n", "set").text[0].value == "grid (), elements (3, 2)"


def test_an_unexpected_failure_is_a_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: bytes) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(upload, "read", lambda *a: broken(b""))
    upload._sample.clear()
    page = bring("a.png", picture())
    assert not page.exception
    assert page.warning[0].value == upload.plain(upload.SORRY)
    upload._sample.clear()


@pytest.mark.parametrize(
    ("name", "kind"), [("A.PNG", "png"), ("a.b.JPeG", "jpeg"), ("C:\\x\\y.gif", "gif"), ("none", ""), ("../..", ""), ("", "")]
)
def test_ending(name: str, kind: str) -> None:
    assert upload.ending(name) == kind


def test_plain_escapes_what_markdown_means() -> None:
    text = upload.plain("<b>*a* [l](u) `c` $x$\n# :red[h]</b>")
    assert "\n" not in text
    for sign in "<*[`$#:":
        assert f"\\{sign}" in text
    with pytest.raises(BadInput, match="kind of file"):
        upload.read(SET, "picture.png", picture())
    assert upload.read(VISION, "x.PNG", picture())["grid"] == (4, 4)
