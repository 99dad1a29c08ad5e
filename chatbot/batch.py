"""Many questions from a file: exactly one JSON line out for each line in, in order."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, TextIO

from chatbot.answer import Answer, AnswerStatus
from chatbot.batch_reading import Asked, BatchRefused, Unreadable, read_lines
from chatbot.console import is_unicode

Answering = Callable[[str, Sequence[str]], Answer]
REPORT_EVERY = 100


def answer_file(source: Path | None, out: Path | None, answer: Answering, report: Callable[[str], None]) -> int:
    """Answer every line of ``source`` (None: standard input) into ``out`` (None: standard output).

    Gives the number of lines that could not be read. Each line is written as soon as it is answered.

    Raises:
        BatchRefused: where nothing can be read or written.
    """
    unreadable = number = 0
    with _lines_of(source) as lines, opened(out, source) as stream:
        read = read_lines(lines, source.suffix if source else "")
        for number, result in enumerate(results(read, answer), start=1):
            unreadable += result["status"] == AnswerStatus.ERROR_BAD_LINE.value
            stream.write(json.dumps(result, ensure_ascii=not is_unicode(stream)) + "\n")
            stream.flush()
            if number % REPORT_EVERY == 0:
                report(f"{number} lines done ...")
    report(f"Lines: {number}. Answered: {number - unreadable}. Not readable: {unreadable}.")
    return unreadable


def results(read: Iterable[Asked | Unreadable], answer: Answering) -> Iterator[dict[str, Any]]:
    """One JSON object for each line."""
    for line in read:
        if isinstance(line, Unreadable):
            yield {"status": AnswerStatus.ERROR_BAD_LINE.value, "line": line.line, "message": line.message}
        else:
            carried = {"input": line.carried} if line.carried else {}
            yield {**answer(line.question, line.history).to_dict(), **carried}


def _lines_of(source: Path | None) -> Any:
    """A context manager that gives lines of bytes."""
    if source is None:
        return nullcontext(sys.stdin.buffer)
    try:
        return source.open("rb")
    except OSError as error:
        raise BatchRefused(f"{source} cannot be read: {error.strerror}.") from error


@contextmanager
def opened(out: Path | None, source: Path | None) -> Iterator[TextIO]:
    """Where the results go: standard output, or a file that appears whole when all is done, or not at all.

    Raises:
        BatchRefused: where ``out`` is the file that is read, or cannot be written.
    """
    if out is None:
        yield sys.stdout
        return
    if source is not None and out.exists() and out.samefile(source):
        raise BatchRefused(f"{out} is the file that is being read. Name another for --out.")
    place = out.resolve()  # replacing a link would leave what it points to as it was
    if place.exists() and not place.is_file():  # a device or a pipe takes writing, not replacing
        if place.is_dir():
            raise BatchRefused(f"{out} is a folder. Name a file for --out.")
        with place.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            yield stream
        return
    unfinished = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        stream = unfinished.open("x", encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise BatchRefused(f"{out} cannot be written: {error.strerror}.") from error
    try:
        with stream:
            yield stream
        os.replace(unfinished, place)
    finally:
        unfinished.unlink(missing_ok=True)
