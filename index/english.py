"""The words of English at large, most frequent first: the list that ships inside symspellpy."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from index.embedding import known_words

_LIST = "frequency_dictionary_en_82_765.txt"


def english_words() -> tuple[str, ...]:
    """Lower-case English words of two or more letters, most frequent first.

    Raises:
        FileNotFoundError: if symspellpy is not installed or no longer carries its list.
    """
    spec = importlib.util.find_spec("symspellpy")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("symspellpy, which carries the list of English words, is not installed.")
    lines = Path(spec.origin).with_name(_LIST).read_text(encoding="utf-8-sig").splitlines()
    return tuple(word for word in (line.split(" ", 1)[0] for line in lines) if len(word) >= 2 and word.isalpha())


def all_words(model: str) -> tuple[str, ...]:
    """English words, most frequent first, then the whole words of a model's own vocabulary that are not among them."""
    common = english_words()
    return (*common, *sorted(known_words(model) - frozenset(common)))
