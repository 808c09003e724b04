"""Other encoders of BERT's family, fetched from the Hugging Face Hub where there is a network, and opened without any pickle.

Three files make a model: `config.json`, `tokenizer.json` and `model.safetensors`. A generator of frames fetches them, so that it
runs, reports and is cancelled like a training run; a model is kept only when all three are here and are what they should be.
"""

import http.client
import json
import os
import re
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch

from components.idle import let_go, while_used
from components.models.bert_names import renamed
from components.models.minilm import Encoder, restored
from components.values import BadInput, Frame

SERVER, TIMEOUT, PIECE, EVERY = "https://huggingface.co/", 15.0, 2**18, 2**21
MOST = {"config.json": 2**20, "tokenizer.json": 8 * 2**20, "model.safetensors": 160 * 2**20}
"""The files, and how many bytes each may have."""
NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}")
DRAWN = 40


class Opened(NamedTuple):
    """A model that can read."""

    name: str
    encoder: Encoder
    tokenizer: Any
    heads: int


class Seen(NamedTuple):
    """A sentence through it."""

    tokens: tuple[str, ...]
    weights: np.ndarray  # (layers, heads, n, n)
    seconds: float
    whole: int


def folder(name: str) -> Path:
    """Where a model lies once it is here.

    Raises:
        BadInput: this is no name of a model on the Hub.
    """
    if not NAME.fullmatch(name):
        raise BadInput("A model on the Hub is named owner/model, with letters, digits, dots and dashes.")
    home = Path(os.environ.get("MODALITY_LAB_CACHE") or Path.home() / ".cache" / "modality-lab")
    return home / "hub" / name.replace("/", "--")


def present(name: str) -> bool:
    """Whether a model is here already."""
    return all((folder(name) / file).is_file() for file in MOST)


def fetch(name: str, server: str = SERVER, timeout: float = TIMEOUT) -> Iterator[Frame]:
    """Download a model; each frame tells kilobytes so far (`step`) and in all, as far as is known (`steps`).

    Raises:
        BadInput: no network, no such model, too large, or not an encoder like BERT; nothing of it is kept then.
    """
    home, done = folder(name), 0
    yield _frame(0, 1)
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise BadInput("The folder for models cannot be written on this machine.") from None
    with tempfile.TemporaryDirectory(dir=home) as temporary:
        for file, most in MOST.items():
            for got, size in _copied(f"{server}{name}/resolve/main/{file}", Path(temporary) / file, most, timeout):
                yield _frame(done + got, done + max(size, got))
            done += (Path(temporary) / file).stat().st_size
        _open(name, Path(temporary))  # refused before it is kept
        for file in MOST:
            os.replace(Path(temporary) / file, home / file)
    yield _frame(done, done)


def _copied(address: str, target: Path, most: int, timeout: float) -> Iterator[tuple[int, int]]:
    """One file, bytes so far and in all."""
    try:
        response = urllib.request.urlopen(address, timeout=timeout)
    except urllib.error.HTTPError:
        raise BadInput(f"The Hub has no public model of that name with a file {target.name}.") from None
    except (OSError, http.client.HTTPException, ValueError):
        raise BadInput("The Hugging Face Hub is not reachable from this machine.") from None
    got = told = 0
    size = int(response.headers.get("Content-Length") or 0)
    with response, target.open("wb") as out:
        while True:
            if max(size, got) > most:
                raise BadInput(f"Its file {target.name} is larger than {most // 2**20} MB, the limit here.")
            try:
                piece = response.read(PIECE)
            except (OSError, http.client.HTTPException):
                raise BadInput("The connection broke before the model was complete; nothing was kept of it.") from None
            if not piece:
                return
            out.write(piece)
            got += len(piece)
            if got - told >= EVERY:
                told = got
                yield got, size


def _open(name: str, home: Path) -> Opened:
    """The model in a folder, if it is one of BERT's family."""
    from safetensors.torch import load_file
    from tokenizers import Tokenizer

    try:
        config = json.loads((home / "config.json").read_text("utf-8"))
        kind = (config.get("model_type"), config.get("hidden_act", "gelu"), config.get("position_embedding_type", "absolute"))
        if kind != ("bert", "gelu", "absolute"):
            raise BadInput("This model is not an encoder like BERT (gelu, absolute positions), which is what is drawn here.")
        state = {key.removeprefix("bert."): value for key, value in load_file(home / "model.safetensors").items()}
        state = {
            k.replace("LayerNorm.gamma", "LayerNorm.weight").replace("LayerNorm.beta", "LayerNorm.bias"): v
            for k, v in state.items()
        }
        weights = {key: value.half() if key == "word" else value.float() for key, value in renamed(state).items()}
        if not all(bool(torch.isfinite(value).all()) for value in weights.values()):
            raise BadInput("The weights of this model hold numbers that are not finite.")
        heads = int(config["num_attention_heads"])
        words = Tokenizer.from_str((home / "tokenizer.json").read_text("utf-8"))
        words.no_truncation()
        words.no_padding()
        return Opened(name, restored(weights, heads), words, heads)
    except BadInput:
        raise
    except Exception:  # a damaged or foreign file can fail in any way; a learner needs one sentence
        raise BadInput("The files of this model are damaged, or it is not an encoder like BERT.") from None


@while_used  # one at a time: memory
def opened(name: str) -> Opened:
    """A model that is here.

    Raises:
        BadInput: it is not, or it cannot be read.
    """
    if not present(name):
        raise BadInput("This model is not on this machine yet.")
    return _open(name, folder(name))


@lru_cache(maxsize=8)
def looked(name: str, text: str) -> Seen:
    """A sentence through a model that is here, at most 40 tokens of it."""
    model = opened(name)
    start = time.perf_counter()
    found = model.tokenizer.encode(text[:4000])
    ids, tokens, whole = list(found.ids), list(found.tokens), len(found.ids)
    if whole > DRAWN:
        ids, tokens = [*ids[: DRAWN - 1], ids[-1]], [*tokens[: DRAWN - 1], tokens[-1]]
    with torch.inference_mode():
        weights = model.encoder(torch.tensor(ids))[1].numpy()
    return Seen(tuple(tokens), weights, time.perf_counter() - start, whole)


def remove(name: str) -> None:
    """Take a model off this machine."""
    let_go(0)  # whatever is open: all else is loaded again where it is wanted
    looked.cache_clear()
    for file in MOST:
        with suppress(FileNotFoundError):
            (folder(name) / file).unlink()


def _frame(got: int, size: int) -> Frame:
    return {"step": np.array(got // 1000), "steps": np.array(max(1, size // 1000))}
