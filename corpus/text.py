"""Small, exact operations on text that the other modules of the corpus share."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import CorpusError, Fault
from corpus.models import Span

LINE = re.compile(r"[^\n]*\n|[^\n]+")

_CURLY = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "‑": "-", "–": "-", "—": "-"})


def read_canonical(path: Path) -> str:
    """The file's text with line feeds only, decoded as UTF-8.

    A checkout that turned line feeds into CRLF is undone here, before any offset exists.

    Raises:
        CorpusError: if the file cannot be read or is not UTF-8.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read().removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        fault = Fault(path, 1, "error", f"Byte {error.start} is not UTF-8.", "Save the file as UTF-8.")
        raise CorpusError((fault,)) from error
    except OSError as error:
        fault = Fault(path, 1, "error", f"The file cannot be read ({error.strerror}).", "Check its permissions.")
        raise CorpusError((fault,)) from error


def digest(text: str) -> str:
    """SHA-256 of the text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def plain(text: str) -> str:
    """The text for matching only, never for display: straight quotes and dashes, one space for any white space."""
    return " ".join(text.translate(_CURLY).split())


def slug(text: str) -> str:
    """Lower-case letters and digits joined by hyphens, at most 80 characters; ``section`` where none are left."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", letters.replace("'", "")).strip("-")[:80].rstrip("-") or "section"


def trimmed(text: str, start: int, end: int) -> Span:
    """The span of ``text[start:end]`` without white space at either end; empty where it is all white space."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def lines(text: str) -> Iterator[Span]:
    """Each line without its line feed and outer white space, as a span; blank lines give empty spans."""
    for match in LINE.finditer(text):
        yield trimmed(text, match.start(), match.end())
