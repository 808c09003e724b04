"""The file of a network that is not shipped, fetched from PyTorch's server: counted, checked, and named only when it is whole.

A download is a generator of frames, so that it runs, reports and is cancelled like a training run. torchvision writes the first
eight digits of the SHA-256 into the file's name; that is what is compared.
"""

import hashlib
import http.client
import os
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np

from components.models.imagenet_networks import NETWORKS, SERVER, file_of
from components.values import BadInput, Frame

TIMEOUT, PIECE, EVERY, MOST = 15.0, 2**18, 2**21, 260 * 2**20
"""Seconds without an answer; bytes read at once, between two reports, and in a file at most."""


def fetch(name: str, server: str = SERVER, timeout: float = TIMEOUT) -> Iterator[Frame]:
    """Download a network's file; each frame tells kilobytes so far (`step`) and in all (`steps`).

    Closing the generator, or an error, leaves nothing behind.

    Raises:
        BadInput: no network, another file than was published, no room on the disk; one sentence.
    """
    known, target = NETWORKS[name], file_of(name)
    steps = round(known.megabytes * 1000)
    yield _frame(0, steps)
    try:
        response = urllib.request.urlopen(server + known.file, timeout=timeout)
    except (OSError, http.client.HTTPException, ValueError):
        raise BadInput(f"{known.title} could not be fetched: PyTorch's server is not reachable from this machine.") from None
    with response:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, unfinished = tempfile.mkstemp(suffix=".unfinished", dir=target.parent)
        except OSError:
            raise BadInput(f"The folder for networks cannot be written on this machine; {known.title} was not kept.") from None
        try:
            yield from _copied(response, handle, known.title, known.file, steps)
            os.replace(unfinished, target)
        finally:
            with suppress(FileNotFoundError):
                Path(unfinished).unlink()
    yield _frame(steps * 1000, steps)


def _copied(response: http.client.HTTPResponse, handle: int, title: str, file: str, steps: int) -> Iterator[Frame]:
    """Write what arrives, and compare it with the digits in its name."""
    found, got, told = hashlib.sha256(), 0, 0
    with os.fdopen(handle, "wb") as out:
        while True:
            try:
                piece = response.read(PIECE)
                out.write(piece)
            except (OSError, http.client.HTTPException):
                raise BadInput(f"The connection broke before {title} was complete; nothing was kept of it.") from None
            if not piece:
                break
            found.update(piece)
            got += len(piece)
            if got > MOST:
                raise BadInput(f"What the server sends is larger than {title}; nothing was kept of it.")
            if got - told >= EVERY:
                told = got
                yield _frame(got, steps)
    if not found.hexdigest().startswith(file.removesuffix(".pth").rsplit("-", 1)[-1]):
        raise BadInput(f"What arrived is not the published {title}: its checksum differs, so it was removed.")


def _frame(got: int, steps: int) -> Frame:
    return {"step": np.array(min(steps, got // 1000)), "steps": np.array(max(1, steps))}
