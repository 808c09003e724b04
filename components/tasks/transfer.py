"""One file from a server to this disk: in pieces, counted, checked, and given its name only when it is what was published."""

import errno
import hashlib
import http.client
import os
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from components.values import BadInput

PIECE, EVERY_BYTES, EVERY_SECONDS = 2**16, 2**19, 0.25  # read so many bytes at once; report after so many, or so long
NETWORK = (OSError, http.client.HTTPException)


@dataclass(frozen=True)
class Part:
    """One file of a data set, and what identifies it."""

    file: str
    size: int  # bytes
    md5: str
    sha256: str


def transfer(part: Part, addresses: tuple[str, ...], home: Path, title: str, timeout: float) -> Iterator[int]:
    """Fetch one file into the folder `home` from the first address that answers; yields bytes so far, several times a second.

    Closing the generator, or an error, removes what had arrived.

    Raises:
        BadInput: nothing answers, an error of the server, another file than was published, no room on the disk.
    """
    refusal = BadInput(f"No address of {title} is known.")
    for address in addresses:
        try:
            response = _opened(address + part.file, title, timeout)
        except BadInput as error:
            refusal = error
            continue
        with response:
            yield from _kept(response, part, home, title)
        return
    raise refusal


def _opened(url: str, title: str, timeout: float) -> http.client.HTTPResponse:
    request = urllib.request.Request(url, headers={"User-Agent": "modality-lab", "Accept-Encoding": "identity"})
    try:
        return urllib.request.urlopen(request, timeout=timeout)
    except urllib.error.HTTPError as error:
        error.close()
        raise BadInput(f"The server that keeps {title} answered with error {error.code}. Try again later.") from None
    except NETWORK:
        raise BadInput(f"{title} could not be reached from this machine; it may have no network. Try again later.") from None


def _kept(response: http.client.HTTPResponse, part: Part, home: Path, title: str) -> Iterator[int]:
    """Copy to a file of another name, compare, rename."""
    with disk(title):
        handle, unfinished = tempfile.mkstemp(suffix=".unfinished", dir=home)
        try:
            with os.fdopen(handle, "wb") as out:
                md5, sha256 = hashlib.md5(usedforsecurity=False), hashlib.sha256()
                for piece, report in _pieces(response, part, title):
                    out.write(piece)
                    md5.update(piece)
                    sha256.update(piece)
                    if report:
                        yield report
            if (md5.hexdigest(), sha256.hexdigest()) != (part.md5, part.sha256):
                raise BadInput(f"What arrived is not the published {title}: its checksum differs, so it was removed.")
            os.replace(unfinished, home / part.file)
        finally:
            with suppress(FileNotFoundError):  # it has got its name
                os.unlink(unfinished)


def _pieces(response: http.client.HTTPResponse, part: Part, title: str) -> Iterator[tuple[bytes, int]]:
    """Pieces as they arrive, each with the bytes so far where it is time to report, else 0."""
    declared, got, told, when = response.length, 0, 0, time.monotonic()
    if declared is not None and declared != part.size:
        raise BadInput(f"What the server offers is not the published {title}: its size differs. Nothing was kept.")
    while True:
        try:
            piece = response.read1(PIECE)
        except NETWORK:
            piece = b""
        if not piece:
            break
        got += len(piece)
        if got > part.size:
            raise BadInput(f"What the server sends is larger than the published {title}. Nothing was kept.")
        due = got - told >= EVERY_BYTES or time.monotonic() - when >= EVERY_SECONDS or got == part.size
        if due:
            told, when = got, time.monotonic()
        yield piece, got if due else 0
    if got < part.size:
        raise BadInput(f"The connection broke before {title} was complete. Nothing was kept of it; try again.")


@contextmanager
def disk(title: str) -> Iterator[None]:
    """What the disk refuses, as a sentence; what the network refuses is one already."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            raise BadInput(f"The disk of this machine is full; {title} was not kept.") from None
        raise BadInput(f"The folder for downloads cannot be written on this machine; {title} was not kept.") from None
