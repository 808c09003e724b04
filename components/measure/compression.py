"""Lossless codes and how many bits each takes: upper bounds of the information of a sample.

Every code is given the same thing, the values of the sample at their own step, and nothing else. What a decoder must know
beforehand (the alphabet, the sizes, the program itself) is not counted.

    as stored   n ceil(log2 K) bits, K symbols that could occur; a text: 8 bits a byte of UTF-8
    one by one  each symbol by how often it came before (adaptive arithmetic code, Krichevsky & Trofimov 1981), near n H bits
    deflate     Deutsch 1996 (zlib, no header); lzma: Pavlov's LZ77 with a range coder; bz2: Burrows & Wheeler 1994
    PNG, WebP   lossless codecs of pictures (ISO 15948; Google 2012);  FLAC: lossless codec of sound (RFC 9639)
    one of all  log2 of how many graphs with n nodes and m edges, or sets of n points, there are (enumerative: Cover 1973)
    octree      of points: which of the 2^d parts of an occupied box are occupied, box by box, ever finer (Meagher 1982)

The compressors also get the differences from one element to the next, which are small where neighbours are alike. A set has no
order: its rows are sorted first, which costs nothing as any order will do.
"""

import bz2
import io
import lzma
import zlib
from collections.abc import Sequence

import numpy as np

from components.measure.entropy import counted
from components.measure.surrogates import simple
from components.measure.views import Stream

MOST, WHOLE = 2**20, 2**16  # bytes a compressor is given, of more a part in the middle; symbols up to which all codes are tried
Codes = dict[str, float]  # name of a code -> bits
ONE_OF_ALL, ADAPTIVE = "one of all", "one by one"


def general(data: bytes) -> Codes:
    """Bits of bytes under the general compressors, none with a header."""
    part, share = data, 1.0
    if len(data) > MOST:
        first = (len(data) - MOST) // 2
        part, share = data[first : first + MOST], len(data) / MOST
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 6}]
    sizes = {
        "deflate": len(squeeze.compress(part) + squeeze.flush()),
        "lzma": len(lzma.compress(part, lzma.FORMAT_RAW, filters=filters)),
        "bz2": len(bz2.compress(part)),
    }
    return {name: 8.0 * share * size for name, size in sizes.items()}


def packed(ids: np.ndarray) -> bytes:
    """Whole numbers from 0 in their smallest type, one byte plane after the other: all low bytes first."""
    top = int(ids.max(initial=0))
    size = 1 if top < 2**8 else 2 if top < 2**16 else 4 if top < 2**32 else 8
    return ids.astype(f"<u{size}").view(np.uint8).reshape(-1, size).T.tobytes() if ids.size else b""


def steps(ids: np.ndarray) -> np.ndarray:
    """Differences from one to the next `(n, ...)`, the first kept, folded to whole numbers from 0: 0, -1, 1, -2, 2, ..."""
    change = np.diff(ids.astype(np.int64), axis=0, prepend=0)
    return np.where(change < 0, -2 * change - 1, 2 * change)


def stored(streams: Sequence[Stream]) -> float:
    """Bits if every symbol took as many as its alphabet needs."""
    return float(sum(len(s.ids) * np.ceil(np.log2(max(2, s.alphabet or int(s.ids.max()) + 1))) for s in streams))


def adaptive(ids: np.ndarray, alphabet: int) -> float:
    """Bits of the code of Krichevsky and Trofimov: symbol v has the probability (n_v + 1/2) / (n + K/2) after n symbols."""
    from scipy.special import gammaln

    counts = counted(ids)
    ends = gammaln(len(ids) + alphabet / 2) - gammaln(alphabet / 2)
    return float((ends - (gammaln(counts + 0.5) - gammaln(0.5)).sum()) / np.log(2))


def one_by_one(streams: Sequence[Stream]) -> float:
    """Bits of all streams under the adaptive code."""
    return sum(adaptive(s.ids, s.alphabet or int(s.ids.max()) + 1) for s in streams)


def subsets(cells: float, chosen: int) -> float:
    """log2 binomial(cells, chosen): bits that say which `chosen` of `cells` there are."""
    from scipy.special import gammaln

    if cells <= chosen:
        return 0.0
    if cells > 1e14:  # the difference of two such logarithms would be lost in rounding
        return float(chosen * np.log2(cells) - gammaln(chosen + 1) / np.log(2))
    return float((gammaln(cells + 1) - gammaln(chosen + 1) - gammaln(cells - chosen + 1)) / np.log(2))


def octree(points: np.ndarray) -> float:
    """Bits of whole numbers `(n, d)` as a tree of boxes, each of which says which of its 2^d parts hold a point.

    A box says how many, c, under the adaptive code over the boxes of its level, and which: log2 binomial(2^d, c). Points at the
    same place come last: log2 binomial(n - 1, m - 1) for m places.
    """
    n, d = points.shape
    levels = max(1, int(points.max()).bit_length())
    bits, occupied = 0.0, 1
    which = np.array([subsets(2.0**d, c) for c in range(2**d + 1)])
    for level in range(1, levels + 1):
        boxes = points >> (levels - level)
        code = np.zeros(n, np.int64)
        for bit in range(level - 1, -1, -1):  # the parts of one box have codes that differ in the last d bits alone
            for j in range(d):
                code = code * 2 + ((boxes[:, j] >> bit) & 1)
        places = np.unique(code)
        _, parts = np.unique(places >> d, return_counts=True)
        bits += adaptive(parts, 2**d) + float(which[parts].sum())
        occupied = len(places)
    return bits + subsets(n - 1, occupied - 1)


def numbers(streams: Sequence[Stream], grid: tuple[int, ...] = (), hertz: int = 0, a_set: bool = False) -> Codes:
    """Codes of streams of numbers, one after the other.

    Args:
        streams: the channels.
        grid: how they are laid out; (h, w) of 8-bit numbers is tried as a picture.
        hertz: the sampling rate if it is a sound; it is tried as FLAC.
        a_set: whether the rows have no order.
    """
    found, ids = {"as stored": stored(streams), ADAPTIVE: one_by_one(streams)}, [s.ids for s in streams]
    if a_set and len({len(i) for i in ids}) == 1:
        order = np.lexsort(ids[::-1])
        ids = [i[order] for i in ids]
        cells = float(np.prod([float(s.alphabet or int(s.ids.max()) + 1) for s in streams]))
        found[ONE_OF_ALL] = subsets(min(cells, 1e300) + len(order) - 1, len(order))
        if len(ids) <= 3:
            found["octree"] = octree(np.stack(ids, 1))
    found |= general(b"".join(map(packed, ids)))
    if sum(map(len, ids)) <= WHOLE:
        found |= {f"{name} of differences": bits for name, bits in general(b"".join(packed(steps(i)) for i in ids)).items()}
    if len(grid) == 2 and len(streams) in (1, 3) and max(int(i.max()) for i in ids) < 256:
        found |= picture_codes(np.stack(ids, -1).reshape(*grid, -1))
    if hertz:
        found |= sound_codes(streams[0], hertz)
    return found


def named(streams: Sequence[Stream]) -> Codes:
    """Codes of streams of names and numbers (the columns of a table) and of the names that occur in each."""
    names = "\n".join("\t".join(s.names[i] for i in np.unique(s.ids)) for s in streams if s.names).encode()
    extra, cells = general(names) if names else {}, general(b"".join(packed(s.ids) for s in streams))
    found = {"as stored": stored(streams), ADAPTIVE: one_by_one(streams)}
    found = {name: bits + min(extra.values(), default=0.0) for name, bits in found.items()}
    return found | {name: bits + extra.get(name, 0.0) for name, bits in cells.items()}


def words(token: Sequence[str]) -> Codes:
    """Codes of words with a space between them."""
    data = " ".join(token).encode()
    letters = np.frombuffer(data, np.uint8)
    return {"as stored": 8.0 * len(data), ADAPTIVE: adaptive(letters, 256)} | general(data)


def edges(pairs: np.ndarray, nodes: int, directed: bool = False) -> Codes:
    """Codes of the edges `(2, m)` of a graph: one bit for every pair of nodes, or which m of all pairs; names are not counted."""
    if directed:
        pairs, cells = np.unique(pairs[:, pairs[0] != pairs[1]], axis=1), nodes * (nodes - 1.0)
    else:
        pairs, cells = simple(pairs, nodes), nodes * (nodes - 1) / 2
    found = {"as stored": cells, ONE_OF_ALL: subsets(cells, pairs.shape[1])}
    return found | (general(packed(steps(pairs[0])) + packed(pairs[1])) if pairs.size else {})


def picture_codes(pixels: np.ndarray) -> Codes:
    """Bits of 8-bit pixels `(h, w, 1 or 3)` as PNG and as lossless WebP."""
    from PIL import Image, features

    picture = Image.fromarray(pixels.astype(np.uint8).squeeze(-1) if pixels.shape[-1] == 1 else pixels.astype(np.uint8))
    ways: dict[str, dict[str, object]] = {"PNG": {"format": "PNG", "optimize": True}}
    if features.check("webp") and max(pixels.shape) < 16384:
        ways["WebP, lossless"] = {"format": "WEBP", "lossless": True, "quality": 50, "exact": True}
    found = {}
    for name, how in ways.items():
        file = io.BytesIO()
        picture.save(file, **how)  # type: ignore[arg-type]
        found[name] = 8.0 * len(file.getvalue())
    return found


def sound_codes(stream: Stream, hertz: int) -> Codes:
    """Bits of a wave as FLAC, at 16 bits a sample or, where it has more, 24."""
    import soundfile

    bits = round(np.log2(stream.alphabet or 2))
    if bits > 24 or not 1 <= hertz <= 655_350:
        return {}
    depth = 16 if bits <= 16 else 24
    whole = (stream.ids - 2 ** (bits - 1)).astype(np.int32) << (32 - bits)
    file = io.BytesIO()
    soundfile.write(file, whole, hertz, format="FLAC", subtype=f"PCM_{depth}")
    return {"FLAC": 8.0 * len(file.getvalue())}
