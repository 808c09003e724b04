"""Reading what a learner brings: every limit is named here, and every refusal is one sentence (`BadInput`).

Nothing of a file's content is ever repeated in a message. Big pictures are decoded one at a time, so that a class that
uploads together does not need the memory of all at once.
"""

import io
import struct
import threading
import warnings
import zlib

import numpy as np
from PIL import Image, ImageOps

from components.values import BadInput

MEGABYTES, MEGAPIXELS, LONGEST = 10, 50, 512
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
BROKEN = (OSError, SyntaxError, ValueError, EOFError, TypeError, KeyError, IndexError, struct.error, zlib.error)
_decoding = threading.Semaphore(1)


def weighed(data: bytes) -> bytes:
    """The bytes themselves, if there are any and not more than 10 MB.

    Raises:
        BadInput: the file is empty or too large.
    """
    if not data:
        raise BadInput("This file is empty.")
    if len(data) > MEGABYTES * 2**20:
        raise BadInput(f"This file has {len(data) / 2**20:.1f} MB; the limit is {MEGABYTES} MB.")
    return data


def pixels(data: bytes) -> np.ndarray:
    """Read a picture as floats in [0, 1]: `(h, w, 1)` where it is grey, else `(h, w, 3)`, longest side at most 512.

    The header is checked before anything is decoded. The camera's orientation is honoured, what is transparent becomes
    white, an animation is represented by its first frame.

    Raises:
        BadInput: empty, over 10 MB, over 50 megapixels, not a picture of a known kind, or damaged.
    """
    weighed(data)
    too_many = f"This picture has more than {MEGAPIXELS} megapixels, the limit here. Please make it smaller."
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError:
        raise BadInput(too_many) from None
    except BROKEN:
        raise BadInput("This is not a picture that can be read here; use PNG, JPEG, WebP, GIF or BMP.") from None
    if image.width * image.height > MEGAPIXELS * 10**6:
        raise BadInput(too_many)
    try:
        with _decoding, image:
            return _plain(image)
    except (*BROKEN, Image.DecompressionBombError):
        raise BadInput("This picture is damaged or incomplete; it could not be decoded.") from None


def _plain(image: Image.Image) -> np.ndarray:
    """Decode, reduce to 512 on the longest side, turn upright, and bring every kind of colour to grey or RGB."""
    image.draft(None, (LONGEST * 2, LONGEST * 2))  # JPEG only: decode at a fraction of the size
    image.load()
    deep = image.mode.startswith("I") or image.mode == "F"
    clear = "A" in image.getbands() or "transparency" in image.info
    if deep or clear or image.mode in ("P", "1"):  # averaging would need a second full copy: thin out the very large first
        image.thumbnail((LONGEST * 4, LONGEST * 4), Image.Resampling.NEAREST)
    if deep:
        image = Image.fromarray(np.asarray(image, np.float32) / np.float32(65535))
    elif clear:
        image = image.convert("RGBA")
    elif image.mode not in ("L", "RGB"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    image.thumbnail((LONGEST, LONGEST), Image.Resampling.BOX, reducing_gap=2.0)
    image = ImageOps.exif_transpose(image)
    if clear and not deep:
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image).convert("RGB")
    array = np.asarray(image, np.float32) / (1 if deep else 255)
    if not np.isfinite(array).all():
        raise ValueError("not finite")
    return np.clip(array if array.ndim == 3 else array[..., None], 0, 1)
