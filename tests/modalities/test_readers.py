"""Files as they come: every kind of picture that is promised, and one sentence for each that cannot be used."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from components.modalities import readers
from components.values import BadInput


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def colourful(w: int = 60, h: int = 40) -> Image.Image:
    return Image.fromarray(np.random.default_rng(0).integers(0, 256, (h, w, 3), np.uint8))


def png_header(w: int, h: int) -> bytes:
    """A PNG that promises w x h pixels and holds almost none."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", w, h, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 10)) + chunk(b"IEND", b"")


BAD = {
    "empty": (b"", "empty"),
    "text": (b"not a picture at all" * 10, "not a picture"),
    "wrong magic": (b"\x89PNG\r\n\x1a\nnonsense", "not a picture|damaged"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not a picture"),
    "html": (b"<html><script>alert(1)</script></html>", "not a picture"),
    "truncated png": (encoded(colourful(300, 300))[:2000], "damaged"),
    "truncated jpeg": (encoded(colourful(300, 300), "JPEG")[:2000], "damaged"),
    "truncated webp": (encoded(colourful(300, 300), "WEBP")[:2000], "damaged|not a picture"),
    "truncated bmp": (encoded(colourful(300, 300), "BMP")[:2000], "damaged"),
    "a thousand million pixels": (png_header(40_000, 25_000), "50 megapixels"),
    "sixty megapixels": (png_header(10_000, 6_000), "50 megapixels"),
    "promises more than it holds": (png_header(500, 500), "damaged"),
    "no pixels": (png_header(0, 5), "not a picture|damaged"),
    "too many bytes": (encoded(colourful()) + b"\0" * (10 * 2**20), "limit is 10 MB"),
    "tiff": (encoded(colourful(), "TIFF"), "not a picture"),
}


@pytest.mark.parametrize("name", BAD)
def test_refusals_are_one_sentence(name: str) -> None:
    data, why = BAD[name]
    with pytest.raises(BadInput, match=why) as refusal:
        readers.pixels(data)
    assert "\n" not in str(refusal.value)
    assert str(refusal.value).endswith(".")
    assert refusal.value.__cause__ is None


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP"])
def test_kinds(kind: str) -> None:
    found = readers.pixels(encoded(Image.new("RGB", (60, 40), (250, 130, 10)), kind))
    assert found.shape == (40, 60, 3)
    assert np.abs(found[20, 30] * 255 - (250, 130, 10)).max() < 8


MODES = {
    "grey": (Image.new("L", (6, 4), 100), "PNG", {}, (100 / 255,)),
    "one bit": (Image.new("1", (6, 4), 1), "PNG", {}, (1,)),
    "sixteen bit": (Image.fromarray(np.full((4, 6), 32768, np.uint16)), "PNG", {}, (0.5,)),
    "cmyk": (Image.new("CMYK", (6, 4), (0, 255, 255, 0)), "JPEG", {"quality": 100}, (1, 0, 0)),
    "palette": (Image.new("RGB", (6, 4), (0, 255, 0)).quantize(4), "PNG", {}, (0, 1, 0)),
    "palette and alpha": (Image.new("RGB", (6, 4), (0, 255, 0)).quantize(4), "PNG", {"transparency": 0}, (1, 1, 1)),
    "alpha": (Image.new("RGBA", (6, 4), (0, 0, 255, 0)), "PNG", {}, (1, 1, 1)),
    "half alpha": (Image.new("RGBA", (6, 4), (0, 0, 255, 128)), "PNG", {}, (0.5, 0.5, 1)),
    "grey and alpha": (Image.new("LA", (6, 4), (0, 255)), "PNG", {}, (0, 0, 0)),
}


@pytest.mark.parametrize("name", MODES)
def test_modes(name: str) -> None:
    image, kind, options, expected = MODES[name]
    found = readers.pixels(encoded(image, kind, **options))
    assert found.shape == (4, 6, len(expected))
    assert found.dtype == np.float32
    assert np.abs(found[2, 2] - expected).max() < 0.02


def test_animation_gives_its_first_frame() -> None:
    frames = [Image.new("RGB", (5, 5), c) for c in ("red", "blue")]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert np.allclose(readers.pixels(data)[0, 0], (1, 0, 0), atol=0.02)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_orientation_is_honoured(kind: str) -> None:
    """A camera held upright: stored lying, tag 6 says turn by 90 degrees."""
    lying = np.zeros((40, 80, 3), np.uint8)
    lying[:, :40] = 255  # the left half is bright
    exif = Image.Exif()
    exif[0x0112] = 6
    found = readers.pixels(encoded(Image.fromarray(lying), kind, exif=exif))
    assert found.shape == (80, 40, 3)
    assert found[:35].mean() > 0.95
    assert found[45:].mean() < 0.05


def test_large_pictures_are_reduced_and_small_ones_kept() -> None:
    assert readers.pixels(encoded(Image.new("RGB", (3000, 1500)))).shape == (256, 512, 3)
    assert readers.pixels(encoded(Image.new("P", (3000, 1500)))).shape[:2] == (256, 512)
    assert readers.pixels(encoded(Image.new("RGB", (4000, 3)), "JPEG")).shape == (1, 512, 3)
    assert readers.pixels(encoded(Image.new("RGB", (1, 1), "white"))).tolist() == [[[1, 1, 1]]]
