"""Tiny data sets in the published formats, and a server on this machine that behaves well or badly."""

import gzip
import hashlib
import io
import struct
import tarfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np

from components.tasks.downloads import CIFAR10, FASHION, Source
from components.tasks.transfer import Part

RNG = np.random.default_rng


def pictures(n: int, side: int, colours: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Noise with a bright block whose place tells the class: `(n, side, side, colours)` and `(n,)`, ten classes in turn."""
    rng = RNG(seed)
    labels = np.arange(n) % 10
    found = rng.integers(0, 80, (n, side, side, colours))
    for i, label in enumerate(labels):
        r, c = 2 + 10 * (label // 5), 1 + 5 * (label % 5)
        found[i, r : r + 6, c : c + 5] += 150
    return found.astype(np.uint8), labels.astype(np.uint8)


def idx(array: np.ndarray) -> bytes:
    """An array of bytes in the idx format, packed with gzip."""
    return gzip.compress(struct.pack(f">{1 + array.ndim}I", 0x800 + array.ndim, *array.shape) + array.tobytes(), 1)


@cache  # a packed file tells the time at which it was made
def fashion_files(train: int = 400, test: int = 200) -> dict[str, bytes]:
    found = {}
    for beginning, n, seed in (("train", train, 0), ("t10k", test, 1)):
        x, y = pictures(n, 28, 1, seed)
        found |= {f"{beginning}-images-idx3-ubyte.gz": idx(x[..., 0]), f"{beginning}-labels-idx1-ubyte.gz": idx(y)}
    return found


def records(x: np.ndarray, y: np.ndarray) -> bytes:
    """CIFAR-10's binary version: a label, then red, green, blue, row by row."""
    return np.concatenate([y[:, None], x.transpose(0, 3, 1, 2).reshape(len(x), -1)], 1).tobytes()


def archive(members: dict[str, bytes], kind: bytes = tarfile.REGTYPE) -> bytes:
    """A packed archive with these members."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz", compresslevel=1) as tar:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size, info.type, info.linkname = (len(data) if kind == tarfile.REGTYPE else 0), kind, "/etc/passwd"
            tar.addfile(info, io.BytesIO(data))
    return out.getvalue()


@cache
def cifar_files(train: int = 400, test: int = 200) -> dict[str, bytes]:
    home = "cifar-10-batches-bin/"
    members = {
        home + "batches.meta.txt": b"airplane\n",
        home + "data_batch_1.bin": records(*pictures(train, 32, 3, 2)),
        "../../outside.bin": b"this must never be written",
        home + "test_batch.bin": records(*pictures(test, 32, 3, 3)),
    }
    return {"cifar-10-binary.tar.gz": archive(members)}


def source(files: dict[str, bytes], address: str, like: Source = FASHION) -> Source:
    """A source whose parts are these files."""
    parts = [Part(n, len(d), hashlib.md5(d).hexdigest(), hashlib.sha256(d).hexdigest()) for n, d in files.items()]
    return Source(like.name, like.title, tuple(parts), (address,), like.about)


def sources(address: str) -> dict[str, Source]:
    """All tiny sources, as `SOURCES` has the real ones."""
    cifar = source(cifar_files(), address, CIFAR10)
    return {"fashion": source(fashion_files(), address), "cifar10": cifar, "dog": cifar}


@contextmanager
def served(files: dict[str, bytes], behaviour: str = "good", pause: float = 0.0) -> Iterator[tuple[str, list[str]]]:
    """A server of these files, and the list of what was asked for.

    Behaviours: "good", "broken" (hangs up half-way), "silent" (no length, hangs up half-way), "error" (503), "long" (sends more
    than announced, without a length), "other" (as long, but other bytes), "page" (a web page instead), "stuck" (never goes on).
    """
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            data = files[self.path.rsplit("/", 1)[-1]]
            data = {"other": data[:-1] + bytes([data[-1] ^ 1]), "long": data + data, "page": b"<html>Log in</html>"}.get(
                behaviour, data
            )
            self.send_response(503 if behaviour == "error" else 200)
            if behaviour not in ("long", "silent"):
                self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            half = behaviour in ("broken", "silent", "stuck")
            data = data[: len(data) // 2] if half else data
            try:
                for start in range(0, len(data), 2**14):
                    self.wfile.write(data[start : start + 2**14])
                    time.sleep(pause)
                if behaviour == "stuck":
                    time.sleep(3)
            except OSError:
                pass

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
