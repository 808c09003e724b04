"""Models from the Hub: fetched whole or not at all, and opened without any pickle."""

import http.server
import json
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from components.idle import let_go
from components.models import hub, minilm
from components.models.bert_names import PARTS
from components.values import BadInput

NAME = "somebody/tiny-bert"


def tiny(layers: int = 1, d: int = 24) -> dict[str, torch.Tensor]:
    """A state as BERT names it, with random numbers."""
    torch.manual_seed(0)
    words = 30522
    state = {
        "embeddings.word_embeddings.weight": torch.randn(words, d), "embeddings.position_embeddings.weight": torch.randn(64, d),
        "embeddings.token_type_embeddings.weight": torch.randn(2, d),
    }  # fmt: skip
    norms = ["embeddings.LayerNorm"]
    for i in range(layers):
        norms += [f"encoder.layer.{i}.attention.output.LayerNorm", f"encoder.layer.{i}.output.LayerNorm"]
        for name, part in PARTS.items():
            out, into = {"up": (48, d), "down": (d, 48)}.get(part, (d, d))
            state[f"encoder.layer.{i}.{name}.weight"] = torch.randn(out, into) / into**0.5
            state[f"encoder.layer.{i}.{name}.bias"] = torch.randn(out)
    return {f"bert.{k}": v for k, v in state.items()} | {
        f"bert.{n}.{p}": torch.ones(d) if p == "gamma" else torch.zeros(d) for n in norms for p in ("gamma", "beta")
    }


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Path]]:
    """A hub of one model on this machine, and the folder it serves from."""
    monkeypatch.setenv("MODALITY_LAB_CACHE", str(tmp_path / "cache"))
    home = tmp_path / "hub" / NAME / "resolve" / "main"
    home.mkdir(parents=True)
    save_file(tiny(), home / "model.safetensors")
    (home / "config.json").write_text(json.dumps({"model_type": "bert", "num_attention_heads": 4}))
    (home / "tokenizer.json").write_bytes(minilm.kept(minilm.WORDS).read_bytes())
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=str(tmp_path / "hub"))) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        let_go(0)
        hub.looked.cache_clear()
        yield f"http://127.0.0.1:{found.server_address[1]}/", home
        found.shutdown()


def test_a_model_is_fetched_and_reads(server):
    address, home = server
    *_, last = hub.fetch(NAME, address)
    assert int(last["step"]) == int(last["steps"]) > 1000
    assert hub.present(NAME)
    seen = hub.looked(NAME, "The cat sat on the mat.")
    assert seen.tokens[:3] == ("[CLS]", "the", "cat")
    assert seen.weights.shape == (1, 4, 9, 9)
    assert abs(seen.weights.sum(-1) - 1).max() < 1e-5
    state = {k.removeprefix("bert."): v for k, v in load_file(home / "model.safetensors").items()}
    assert torch.allclose(
        hub.opened(NAME).encoder.layers[0].up.weight[0, 0, 0].T, state["encoder.layer.0.intermediate.dense.weight"]
    )
    hub.remove(NAME)
    assert not hub.present(NAME)


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("config.json", b'{"model_type": "gpt2", "num_attention_heads": 4}', "not an encoder like BERT"),
        ("config.json", b"\x80\x04pickle", "damaged"),
        ("model.safetensors", b"\x80\x04\x95pickle", "damaged"),
        ("tokenizer.json", b"{}", "damaged"),
        ("config.json", b'{"model_type": "bert"}', "damaged"),
        ("config.json", b" " * (2**20 + 9), "larger than 1 MB"),
    ],
)
def test_what_is_not_a_model_is_refused_and_not_kept(server, file, content, said):
    address, home = server
    (home / file).write_bytes(content)
    with pytest.raises(BadInput, match=said):
        list(hub.fetch(NAME, address))
    assert not hub.present(NAME)
    assert not list(hub.folder(NAME).iterdir())


def test_numbers_that_are_not_finite_are_refused(server):
    address, home = server
    state = tiny()
    state["bert.encoder.layer.0.output.dense.bias"][0] = float("nan")
    save_file(state, home / "model.safetensors")
    with pytest.raises(BadInput, match="not finite"):
        list(hub.fetch(NAME, address))


def test_no_network_and_no_such_model_are_one_sentence(server):
    address, _ = server
    with pytest.raises(BadInput, match="no public model"):
        list(hub.fetch("nobody/nothing", address))
    with pytest.raises(BadInput, match="not reachable"):
        list(hub.fetch(NAME, "http://127.0.0.1:9/", 0.5))


@pytest.mark.parametrize("name", ["", "bert", "../../etc/passwd", "a/b/c", "a b/c", ".a/b", "a/..", "http://x/y", "<b>/c"])
def test_a_hostile_name_never_becomes_a_folder_or_an_address(name):
    with pytest.raises(BadInput, match="owner/model"):
        hub.folder(name)
