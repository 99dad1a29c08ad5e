"""How the command line ends. The numbers are a public contract; scripts/start.py passes them on."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of ``ascl-chat``."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    SETTINGS = 3
    CORPUS = 4
    INDEX = 5
    UNREADABLE_LINES = 6
    PORT_TAKEN = 7
    MODEL = 8
    FILE = 9
    NOT_PRINTED = 11
    INTERRUPTED = 130
    PIPE_CLOSED = 141


MEANINGS = {
    ExitCode.OK: "done; for a question: an answer, an abstention or a decline",
    ExitCode.INTERNAL: "a fault of this program",
    ExitCode.USAGE: "bad usage: an unknown option or id, a wrong value",
    ExitCode.SETTINGS: "a setting was refused",
    ExitCode.CORPUS: "the corpus is faulty",
    ExitCode.INDEX: "the index is missing, stale or damaged, or cannot be built",
    ExitCode.UNREADABLE_LINES: "batch: some lines could not be read",
    ExitCode.PORT_TAKEN: "serve: the port is taken",
    ExitCode.MODEL: "the embedding model was refused",
    ExitCode.FILE: "batch: a file cannot be read or written",
    ExitCode.NOT_PRINTED: "verify: the words are not printed so in the documents",
    ExitCode.INTERRUPTED: "interrupted with Ctrl+C",
    ExitCode.PIPE_CLOSED: "whoever read the output went away",
}


def listing() -> str:
    """All codes with their meanings, one to a line."""
    return "\n".join(f"{code.value:>3}  {meaning}" for code, meaning in MEANINGS.items())
