"""Point clouds as they come: every form that is promised, and one sentence for each that cannot be used."""

import struct
from contextlib import suppress

import numpy as np
import pytest

from components.modalities import points_readers as readers
from components.values import BadInput

XYZ = "property float x\nproperty float y\nproperty float z\n"
THREE = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]])


def ply(body: bytes, count: object = 3, form: str = "ascii", properties: str = XYZ, before: str = "", end: str = "\n") -> bytes:
    head = f"ply\nformat {form} 1.0\ncomment <b>a test</b>\n{before}element vertex {count}\n{properties}end_header\n"
    return head.replace("\n", end).encode() + body


def rows(points: np.ndarray = THREE) -> bytes:
    return "\n".join(" ".join(map(str, p)) for p in points).encode() + b"\n"


LITTLE, BIG = "binary_little_endian", "binary_big_endian"
PLY_BAD = {
    "empty": (b"", "empty"),
    "too many bytes": (ply(rows()) + b"\0" * (10 * 2**20), "limit is 10 MB"),
    "wrong magic": (b"plx\nformat ascii 1.0\n", "not a PLY"),
    "html": (b"<script>alert(1)</script>", "not a PLY"),
    "magic alone": (b"ply\n", "no end"),
    "no end of header": (b"ply\nformat ascii 1.0\nelement vertex 3\n" + XYZ.encode() + rows(), "no end"),
    "a header without end": (b"ply\n" + b"comment a\n" * 10_000 + b"end_header\n", "no end"),
    "utf-16": (ply(rows()).decode().encode("utf-16"), "not a PLY"),
    "no format": (b"ply\nelement vertex 3\n" + XYZ.encode() + b"end_header\n" + rows(), "no known format"),
    "another format": (ply(rows(), form="base64"), "no known format"),
    "no vertices named": (b"ply\nformat ascii 1.0\nelement face 3\nproperty list uchar int v\nend_header\n", "no vertices"),
    "no z": (ply(rows(), properties="property float x\nproperty float y\n"), "no x, y and z"),
    "negative count": (ply(rows(), -3), "how many"),
    "count in words": (ply(rows(), "many"), "how many"),
    "count of eleven digits": (ply(rows(), 10**10), "how many"),
    "a thousand million, text": (ply(rows(), 10**9), "500,000"),
    "a thousand million, binary": (ply(b"\0" * 36, 10**9, LITTLE), "fewer points"),
    "ten thousand million before, binary": (
        ply(b"\0" * 36, 3, LITTLE, before="element other 9999999999\nproperty double a\n"),
        "fewer points",
    ),
    "header promises more, text": (ply(rows(), 4), "fewer points"),
    "header promises more, binary": (ply(struct.pack("<9f", *range(9)), 4, LITTLE), "fewer points"),
    "cut short, binary": (ply(struct.pack("<9f", *range(9))[:-1], 3, LITTLE), "fewer points"),
    "lists before the vertices, binary": (
        ply(b"\0" * 99, 3, BIG, before="element face 1\nproperty list uchar int v\n"),
        "lists come before",
    ),
    "a list in the vertices": (ply(rows(), properties=XYZ + "property list uchar int v\n"), "lists or unknown"),
    "unknown type": (ply(rows(), properties=XYZ + "property object o\n"), "lists or unknown"),
    "nan": (ply(b"1 2 3\nnan 2 3\n4 5 6\n"), "NaN"),
    "infinity, binary": (ply(struct.pack("<9f", *[np.inf] * 9), 3, LITTLE), "infinity"),
    "huge numbers": (ply(b"1 2 3\n4 5 6\n1e300 2 3\n"), "limit"),
    "words": (ply(b"1 2 3\n<b>a</b> 2 3\n4 5 6\n"), "three numbers"),
    "short line": (ply(b"1 2 3\n1 2\n4 5 6\n"), "three numbers"),
    "no points": (ply(b"", 0), "at least 3"),
    "one point": (ply(b"1 2 3\n", 1), "at least 3"),
    "two points": (ply(rows(), 2), "at least 3"),
}
OFF_BAD = {
    "empty": (b"", "empty"),
    "wrong word": (b"OBJ\n3 1 0\n" + rows(), "OFF"),
    "blank": (b"\n\n# a remark\n", "OFF"),
    "binary": (b"\x80\x81\x82" * 9, "text"),
    "no counts": (b"OFF\n", "how many"),
    "huge count": (b"OFF\n1000000000 0 0\n" + rows(), "500,000"),
    "promises more": (b"OFF\n4 0 0\n" + rows(), "fewer points"),
    "no points": (b"OFF\n0 0 0\n", "at least 3"),
    "words": (b"OFF\n3 0 0\na b c\n1 2 3\n4 5 6\n", "three numbers"),
    "nan": (b"OFF\n3 0 0\nnan 1 1\n1 2 3\n4 5 6\n", "NaN"),
}
POINTS_BAD = {
    "empty": (b"", "empty"),
    "binary": (b"\xfe\x80\x00\x80" * 40, "not a text"),
    "latin-1": ("é 2 3\n".encode("latin-1") * 4, "not a text"),
    "broken utf-16": (b"\xff\xfe\x00\xd8" * 3, "not a text"),
    "blank lines": (b"\n \n\t\n", "at least 3"),
    "heading alone": (b"x,y,z\n", "at least 3"),
    "words": (b"x y z\nhello there you\n", "Line 2"),
    "html": (b"<script>alert(1)</script>\n<b>1 2 3</b>\n", "numbers"),
    "formula": (b"x,y\n=cmd|1,2\n3,4\n5,6\n", "numbers"),
    "nan": (b"1 2 3\nnan 2 3\n4 5 6\n", "NaN"),
    "infinity": (b"1 2 3\n4 5 6\n1e999 2 3\n", "infinity"),
    "huge numbers": (b"1 2 3\n4 5 6\n1e300 2 3\n", "limit"),
    "one column": (b"1\n2\n3\n", "two numbers"),
    "four columns": (b"1 2 3 4\n" * 3, "two numbers"),
    "ragged": (b"1 2 3\n1 2\n1 2 3\n", "two numbers"),
    "one point": (b"1 2 3\n", "at least 3"),
    "two points": (b"1 2\n3 4\n", "at least 3"),
    "too many": (b"1 2 3\n" * 20_001, "20,000"),
}
BAD = [(name, *case) for name, cases in (("ply", PLY_BAD), ("off", OFF_BAD), ("points", POINTS_BAD)) for case in cases.items()]


@pytest.mark.parametrize(("reader", "name", "case"), BAD)
def test_refusals_are_one_sentence(reader: str, name: str, case: tuple[bytes, str]) -> None:
    data, why = case
    with pytest.raises(BadInput, match=why) as refusal:
        getattr(readers, reader)(data)
    said = str(refusal.value)
    assert said.endswith(".")
    assert not set("<>\n") & set(said)
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


@pytest.mark.parametrize(
    "text", ["x,y,z\n1,2,3\n4,5,6\n7,8,9\n", "\ufeff1 2 3\n\n# a remark\n4 5 6\n7\t8 9", "1;2;3\r\n4;5;6\r\n7;8;9\r\n"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_tables_of_points(text: str, encoding: str) -> None:
    assert readers.points(text.encode(encoding)).tolist() == THREE.tolist()
    assert readers.points(b"0 0\n1 0\n0 1\n").shape == (3, 2)


@pytest.mark.parametrize("text", ["OFF\n3 1 0\n", "OFF 3 1 0\n", "# a remark\nCOFF\n# more\n3 0 0 # counts\n"])
def test_off(text: str) -> None:
    assert readers.off(text.encode() + rows() + b"3 0 1 2\n").tolist() == THREE.tolist()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_ply_text_passes_over_what_it_does_not_need(end: str) -> None:
    data = ply(
        b"0 0 9\n" + b"".join(b"255 %d %d %d .5\n" % (z, x, y) for x, y, z in THREE) + b"3 0 1 2\n",
        before="element extra 1\nproperty list uchar int a\n",
        properties="property uchar red\nproperty float z\nproperty double x\nproperty float y\nproperty float quality\n",
        end=end,
    )
    assert readers.ply(data).tolist() == THREE.tolist()


@pytest.mark.parametrize(("form", "order"), [(LITTLE, "<"), (BIG, ">")])
def test_ply_binary(form: str, order: str) -> None:
    body = b"\1" * 4 + b"".join(struct.pack(f"{order}Bdfi", 7, x, y, z) for x, y, z in THREE) + b"\3" * 13
    properties = "property uchar red\nproperty double x\nproperty float32 y\nproperty int32 z\n"
    before = "element extra 2\nproperty short a\n"
    assert readers.ply(ply(body, 3, form, properties, before)).tolist() == THREE.tolist()


def test_large_meshes_are_thinned_and_always_alike() -> None:
    many = np.random.default_rng(0).standard_normal((30_000, 3)).astype("<f4")
    binary = ply(many.tobytes(), len(many), LITTLE)
    found = readers.ply(binary)
    assert found.shape == (20_000, 3)
    assert np.array_equal(found, readers.ply(binary))
    assert {tuple(p) for p in found} <= {tuple(p) for p in many.astype(float)}
    assert readers.ply(ply(rows(many), len(many))).shape == (20_000, 3)


def test_random_bytes_never_crash_a_reader() -> None:
    rng = np.random.default_rng(1)
    good = [ply(rows()), ply(struct.pack("<9f", *range(9)), 3, LITTLE), b"OFF\n3 0 0\n" + rows()]
    for trial in range(300):
        data = bytearray(good[trial % 3])
        for place in rng.integers(len(data), size=rng.integers(1, 6)):
            data[place] = rng.integers(256)
        for reader in (readers.ply, readers.off, readers.points):
            with suppress(BadInput):
                assert np.isfinite(reader(bytes(data[: rng.integers(1, len(data) + 1)]))).all()
