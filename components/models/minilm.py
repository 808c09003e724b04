"""MiniLM-L6: a trained encoder of sentences, six layers of twelve heads, open to look into.

    x = norm(words + places);   x = layer(x), six times;   sentence = mean of x, over its length

The layers are those of `transformer.py` (norm last, gelu) with the small number in the norm that BERT has. Sources: Devlin et
al. 2019, "BERT"; Wang et al. 2020, "MiniLM" (a small model that imitates the attention of a large one); Reimers and Gurevych
2019, "Sentence-BERT" (trained further on pairs of sentences). Slide "Modern Sequence Models".
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import torch
from safetensors.torch import load_file
from torch import Generator, Tensor, nn
from torch.nn import functional

from components.idle import while_used
from components.models.transformer import EncoderLayer, LayerNorm
from components.values import BadInput

if TYPE_CHECKING:
    from tokenizers import Tokenizer

NAME, WORDS = "minilm_l6.safetensors", "minilm_tokenizer.json"
HOME = Path(__file__).resolve().parents[min(2, len(Path(__file__).resolve().parents) - 1)] / "pretrained" / "weights"
LONGEST, DRAWN = 256, 64  # tokens that are read, and that fit into a picture; with [CLS] and [SEP]
SMALL = 1e-12  # added to the variance in a norm


class Tokens(NamedTuple):
    """A sentence as the model reads it: pieces of words between [CLS] and [SEP]."""

    ids: tuple[int, ...]
    tokens: tuple[str, ...]  # "##ing" continues the word before
    places: tuple[tuple[int, int], ...]  # first and last + 1 character of each; (0, 0) for [CLS] and [SEP]
    whole: int  # tokens of the uncut sentence

    @property
    def cut(self) -> bool:
        """Whether the end of the sentence is not read."""
        return self.whole > len(self.ids)


def kept(name: str) -> Path:
    """Where a file lies: beside the script that was downloaded from the dashboard, else in `pretrained/weights`."""
    beside = Path(__file__).resolve().parent / name
    return beside if beside.exists() else HOME / name


class Norm(LayerNorm):
    """The norm of `transformer.py` with BERT's 1e-12 beside the variance."""

    def forward(self, x: Tensor) -> Tensor:
        return functional.layer_norm(x, x.shape[-1:], eps=SMALL) * self.scale + self.shift


class Encoder(nn.Module):
    """Token numbers `(n,)` to their vectors `(n, d)` and all attention `(layers, heads, n, n)`.

    The word vectors stay in half precision, a third of the memory; only the rows of the words used are made precise.
    """

    def __init__(self, words: int, places: int, d: int, layers: int, heads: int, hidden: int) -> None:
        super().__init__()
        one = [Generator().manual_seed(0)]
        self.word = nn.Parameter(torch.zeros(1, dtype=torch.float16).expand(words, d), requires_grad=False)
        self.place = nn.Parameter(torch.empty(places, d), requires_grad=False)
        self.norm = Norm(d, 1)
        self.layers = nn.ModuleList()
        for _ in range(layers):
            layer = EncoderLayer(d, heads, one, hidden=hidden, norm_first=False, activation="gelu")
            layer.norm1, layer.norm2 = Norm(d, 1), Norm(d, 1)
            for parameter in layer.parameters():  # shapes without memory: the trained weights come in their place
                parameter.data = torch.zeros(1).expand(parameter.shape)
            self.layers.append(layer)

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        states, weights = self.states(ids)
        return states[-1], weights

    def states(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        """The vectors before and after every layer `(layers + 1, n, d)`, and all attention `(layers, heads, n, n)`."""
        x = self.norm((self.word[ids].float() + self.place[: len(ids)])[None, None])
        states, weights = [x[0, 0]], []
        for layer in self.layers:
            x, a = layer(x)
            states.append(x[0, 0])
            weights.append(a[0, 0])
        return torch.stack(states), torch.stack(weights)


def restored(weights: dict[str, Tensor], heads: int) -> Encoder:
    """An encoder from its weights by name; the sizes are read off them."""
    (words, d), places = weights["word"].shape, len(weights["place"])
    layers = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
    model = Encoder(words, places, d, layers, heads, weights["layers.0.up.weight"].shape[-1])
    precise = {name: value.clone() if name == "word" else value.float() for name, value in weights.items()}
    model.load_state_dict(precise, assign=True)
    return model.eval().requires_grad_(False)


@while_used
def load(file: Path | None = None) -> Encoder:
    """The trained model, loaded once.

    Raises:
        BadInput: the file of weights is not there.
    """
    file = file or kept(NAME)
    if not file.exists():
        raise BadInput(f"The weights of MiniLM are missing: {file}.")
    return restored(load_file(file), heads=12)


@lru_cache(maxsize=1)
def tokenizer() -> "Tokenizer":
    """How MiniLM cuts text into tokens (WordPiece: the longest known pieces, first to last; small letters)."""
    from tokenizers import Tokenizer

    return Tokenizer.from_str(kept(WORDS).read_text("utf-8"))


def read(text: str, most: int = LONGEST) -> Tokens:
    """The tokens of a text, at most `most` of them: of a longer text the beginning is read, and [SEP] put behind it."""
    found = tokenizer().encode(text)
    whole = len(found.ids)
    rows = list(range(whole)) if whole <= most else [*range(most - 1), whole - 1]
    ids, tokens, places = found.ids, found.tokens, found.offsets
    return Tokens(tuple(ids[i] for i in rows), tuple(tokens[i] for i in rows), tuple(places[i] for i in rows), whole)


def encode(ids: Sequence[int], model: Encoder | None = None) -> tuple[Tensor, Tensor]:
    """The tokens' vectors `(n, 384)`, and who looks at whom `(6 layers, 12 heads, n, n)`, rows sum to 1."""
    with torch.inference_mode():
        last, weights = (model or load())(torch.tensor(tuple(ids)))
        return last, weights


def attentions(ids: Sequence[int]) -> Tensor:
    """Who looks at whom, `(6, 12, n, n)`."""
    return encode(ids)[1]


def embedding(text: str) -> Tensor:
    """A sentence as one direction `(384,)` of length 1: the mean of its tokens' vectors, [CLS] and [SEP] too."""
    return functional.normalize(encode(read(text).ids)[0].mean(0), dim=0)


def similarity(one: str, other: str) -> float:
    """Cosine of the angle between two sentences, in [-1, 1]."""
    return float(embedding(one) @ embedding(other))
