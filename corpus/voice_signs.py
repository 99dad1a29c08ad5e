"""What tells whose view a sentence gives: its words, how it opens, and who it has saying what.

The kinds of words ("somebody", "saying") stand for words that were never met: whoever learnt that a charity argues knows
that a bishop maintains.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from zlib import crc32

from corpus.text import plain

WORDS_FILE = Path(__file__).with_name("voice_words.json")
BUCKETS = 2**15
MOST_READ = 80  # words of a sentence; what is longer has shown whose it is by then

_TOKEN = re.compile(r"[A-Za-z0-9£]+(?:['-][A-Za-z]+)*|[?!.,:;\"“”()%]")
_HELD = json.loads(WORDS_FILE.read_text(encoding="utf-8"))
_OURSELVES, _SOMEBODY, _VIEW, _SMALL, _HELPERS, _DEMANDS = (
    frozenset(_HELD[name]) for name in ("ourselves", "somebody", "view", "small", "helpers", "demands")
)
_SAYING = tuple(_HELD["saying"])  # beginnings
_ENDING = re.compile(r"(?:s|es|d|ed|ing|e|ies|ied|y|t|n|ning|ned|ting|ted|ling|led|ring|red|ping|ped)?")

# Kinds of words.
US, THEY, A_NAME, A_VIEW = "US", "THEY", "NAME", "VIEW"
SAYS, SAYING, SAID, SAY = "SAYS", "SAYING", "SAID", "SAY"
NUMBER, WORD, MANNER = "#", "*", "*ly"
_WHO = (US, THEY, A_NAME, A_VIEW)
_SAID_SO = (SAYS, SAYING, SAID, SAY)


def signs(sentence: str) -> tuple[tuple[int, ...], ...]:
    """The buckets that a sentence strikes, in four groups: words, opening, kinds of words, and who says what."""
    words = _TOKEN.findall(plain(sentence).lstrip("-*“\"‘' "))[:MOST_READ]
    tokens = [word.lower() for word in words]
    kinds = [_kind(word, first=not place) for place, word in enumerate(words)]
    groups = (_of_words(tokens), _of_opening(tokens, kinds), _of_kinds(kinds), _of_saying(tokens, kinds))
    return tuple(tuple({crc32(sign.encode()) % BUCKETS for sign in group}) for group in groups)


def _kind(word: str, first: bool) -> str:
    token = word.lower()
    if token in _OURSELVES:
        return US
    if token in _SOMEBODY:
        return THEY
    if token in _VIEW:
        return A_VIEW
    if _says(token):
        return SAYING if token.endswith("ing") else SAID if token.endswith(("d", "t")) else SAYS if token.endswith("s") else SAY
    if token in _SMALL or not token[0].isalpha():
        return NUMBER if token[0].isdigit() or token[0] == "£" else token
    if word[0].isupper() and not first:
        return A_NAME
    return MANNER if token.endswith("ly") else WORD


@lru_cache(maxsize=8192)
def _says(token: str) -> bool:
    return any(token.startswith(stem) and _ENDING.fullmatch(token, len(stem)) for stem in _SAYING)


def _of_words(tokens: Sequence[str]) -> Iterator[str]:
    bounded = ["<", *tokens, ">"]
    for length in (1, 2, 3):
        yield from (f"w {one}" for one in _runs(bounded, length))
    yield from (f"p {token[:5]}" for token in tokens if len(token) > 4)


def _of_opening(tokens: Sequence[str], kinds: Sequence[str]) -> Iterator[str]:
    yield from (f"o {' '.join(tokens[:length])}" for length in (1, 2, 3, 4))
    yield from (f"k {' '.join(_shortened(kinds)[:length])}" for length in (1, 2, 3, 4, 5))
    yield from (f"h {token}" for token in tokens[:10])


def _of_kinds(kinds: Sequence[str]) -> Iterator[str]:
    bounded = ["<", *_shortened(kinds), ">"]
    for length in (2, 3, 4):
        yield from (f"c {one}" for one in _runs(bounded, length))


def _of_saying(tokens: Sequence[str], kinds: Sequence[str]) -> Iterator[str]:
    """Who stands in front of the first word of saying, what helps it, and what follows."""
    named = [(place, kind) for place, kind in enumerate(kinds) if kind in _WHO]
    demand = next((place for place, token in enumerate(tokens) if token in _DEMANDS), None)
    said = next((place for place, kind in enumerate(kinds) if kind in _SAID_SO), None)
    first = named[0][1] if named else "nobody"
    yield f"first {' '.join(kind for _, kind in named[:3])}"
    if said is None:
        yield f"nothing said {first}"
        yield f"demand {demand is not None} {first}"
        return
    before = [kind for place, kind in named if place < said]
    who = next((kind for kind in _WHO if kind in before), "nobody")
    asked = demand is not None and demand < said
    speaker = f"{who} {asked}"
    following = tokens[said + 1] if said + 1 < len(tokens) else ">"
    yield from (
        f"demand {'none' if demand is None else asked} {first}",
        f"{speaker} {kinds[said]}",
        f"{speaker} {tokens[said]}",
        f"{speaker} helped {' '.join(token for token in tokens[max(0, said - 3) : said] if token in _HELPERS)}",
        f"{speaker} then {kinds[said + 1] if said + 1 < len(kinds) else '>'}",
        f"{speaker} that {'that' in tokens[said + 1 : said + 4]}",
        f"{speaker} after {min(said, 8) // 2}",
        f"{speaker} first {before[0] if before else 'nobody'}",
        f"{tokens[said]} {following}",
    )


def _shortened(kinds: Sequence[str]) -> list[str]:
    """The kinds with runs of plain words as one."""
    return [kind for place, kind in enumerate(kinds) if kind != WORD or place == 0 or kinds[place - 1] != WORD]


def _runs(items: Sequence[str], length: int) -> Iterator[str]:
    return (" ".join(items[start : start + length]) for start in range(len(items) - length + 1))
