"""The console's edge: streams that never fail on a character, and sentences in place of tracebacks."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import typer

from chatbot.exit_codes import ExitCode

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
CONTROLS = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}


def prepare_streams() -> None:
    """A character that the console cannot show is shown as its escape; error handling set by the user stays."""
    for stream in (sys.stdout, sys.stderr):
        if getattr(stream, "errors", None) in ("strict", "surrogateescape"):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def is_unicode(stream: TextIO) -> bool:
    """Whether the stream carries every character."""
    return (stream.encoding or "").lower().replace("-", "").startswith("utf8")


def harmless(text: str) -> str:
    """Control characters as their escapes: a pasted question must not command the terminal."""
    return text.translate(CONTROLS)


def write(line: str) -> None:
    """A result, to standard output."""
    sys.stdout.write(line + "\n")


def report(line: str) -> None:
    """Progress or an error, to standard error."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def refuse(code: ExitCode, sentence: object) -> typer.Exit:
    """Say why, and give what to raise."""
    report(str(sentence))
    return typer.Exit(code)


def terminal_width() -> int | None:
    """Columns of the terminal, or None where standard output is none: a file's lines are not wrapped."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


@contextmanager
def told() -> Iterator[None]:
    """End with a sentence and its exit code where something that users can mend stops a command."""
    from chatbot.ports import AddressRefused, PortTaken
    from chatbot.settings import SettingsError
    from corpus.errors import CorpusError
    from index.errors import BuildRefused, IndexRefused, ModelRefused

    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except SettingsError as error:
        raise refuse(ExitCode.SETTINGS, error) from error
    except CorpusError as error:
        raise refuse(ExitCode.CORPUS, error) from error
    except (IndexRefused, BuildRefused) as error:
        raise refuse(ExitCode.INDEX, error) from error
    except ModelRefused as error:
        raise refuse(ExitCode.MODEL, error) from error
    except PortTaken as error:
        raise refuse(ExitCode.PORT_TAKEN, error) from error
    except AddressRefused as error:
        raise refuse(ExitCode.USAGE, error) from error
    except BrokenPipeError as error:
        _drop_output()
        raise typer.Exit(ExitCode.PIPE_CLOSED) from error
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        _drop_output()
        raise refuse(ExitCode.FILE, f"There is no room to write to ({error.strerror}). Make some, then try again.") from error


def _drop_output() -> None:
    """What is still unwritten would otherwise fail once more when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
