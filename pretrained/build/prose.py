"""Make `pretrained/data/prose.npz`: the first 450,000 characters of "Pride and Prejudice" by Jane Austen (1813, public domain).

Source: the R package janeaustenr (MIT), which holds the text of Project Gutenberg without its frame. A second. From the root:

    apt-get download r-cran-janeaustenr && dpkg-deb -x r-cran-janeaustenr_1.0.0-1_all.deb FOLDER
    python -m pretrained.build.prose FOLDER
"""

import re
import struct
import sys
import zlib
from pathlib import Path

import numpy as np

from pretrained.build.manifest import ROOT, enter

FILE, KEPT = "pretrained/data/prose.npz", 450_000
DATA = "usr/lib/R/site-library/janeaustenr/data/Rdata.rdb"


def lines(data: bytes) -> list[str]:
    """The strings of a serialised R character vector: each a flag (9: a string), a length and its bytes."""
    found, at = [], 31
    while at + 8 <= len(data):
        flag, length = struct.unpack(">Ii", data[at : at + 8])
        if flag & 0xFF != 9:
            break
        found.append(data[at + 8 : at + 8 + max(0, length)].decode("utf-8"))
        at += 8 + max(0, length)
    return found


def book(file: Path, opening: str) -> list[str]:
    """The book that begins with this title; each is compressed for itself, after its length."""
    data = file.read_bytes()
    while data:
        unpack = zlib.decompressobj()
        text = lines(unpack.decompress(data[4:]))
        if text and text[0].startswith(opening):
            return text
        data = unpack.unused_data
    raise ValueError(f"no book begins with {opening}")


def plain(text: list[str]) -> str:
    """Paragraphs of single lines in the characters of a typewriter, without title, chapter headings and italics."""
    text = text[next(i for i, line in enumerate(text) if line.startswith("Chapter")) :]
    body = "\n".join("" if re.fullmatch(r"(Chapter|Volume) \w+", line.strip()) else line.strip() for line in text)
    for old, new in {"_": "", "“": '"', "”": '"', "’": "'", "‘": "'", "—": "--", "é": "e", "è": "e"}.items():
        body = body.replace(old, new)
    body = re.sub(r"[^A-Za-z .,;:!?'\"\n-]", "", body)
    paragraphs = (re.sub(r"\s+", " ", p).strip() for p in re.split(r"\n{2,}", body))
    return "\n".join(p for p in paragraphs if p)


def main(folder: str) -> None:
    """Read, clean, write."""
    text = plain(book(Path(folder) / DATA, "PRIDE AND PREJUDICE"))[:KEPT]
    path = ROOT / FILE
    np.savez_compressed(path, allow_pickle=False, text=np.frombuffer(text.encode("ascii"), np.uint8))
    print(len(text), "characters,", len(set(text)), "different;", path.stat().st_size, "bytes:", text[:80])
    enter(
        path,
        licence="public domain (Jane Austen, 1813); packaged under MIT (Julia Silge)",
        source="janeaustenr: the text of Project Gutenberg's edition of Pride and Prejudice, its first 450,000 characters",
        version="Debian 12: r-cran-janeaustenr 1.0.0-1",
        command="python -m pretrained.build.prose FOLDER",
    )


if __name__ == "__main__":
    main(sys.argv[1])
