"""How start.py and test.py end and what they say: exit codes, refusals and progress, in plain sentences.

Standard library only. Messages are plain ASCII, for consoles that show nothing else.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable
from enum import IntEnum

from scripts import installing

DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
NOT_WRITABLE = (errno.EACCES, errno.EPERM, errno.EROFS)


class Exit(IntEnum):
    """Exit codes of the scripts; 0 to 9 mean what they mean for ``ascl-chat``."""

    OK = 0
    USAGE = 2
    PORT_TAKEN = 7
    PYTHON_TOO_OLD = 10
    NO_ENVIRONMENT = 11
    DISK_FULL = 12
    NO_NETWORK = 13
    NOT_INSTALLED = 14
    INTERRUPTED = 130


class Refused(Exception):
    """Raised where a script cannot go on; its text is a sentence for whoever started it, shown by :func:`told`."""

    def __init__(self, code: Exit, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def say(line: str) -> None:
    """Progress for whoever watches, at once even through a pipe."""
    print(line, flush=True)


def told(work: Callable[[], int]) -> int:
    """Run ``work`` and give its exit code; what stops it is said in a sentence, without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        return work()
    except Refused as refusal:
        print(f"\n{refusal}", file=sys.stderr)
        return refusal.code
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
        return Exit.INTERRUPTED
    except OSError as error:
        if error.errno not in DISK_FULL + NOT_WRITABLE:
            raise
        stopped = refusal_of(error)
        print(f"\n{stopped}", file=sys.stderr)
        return stopped.code


def refusal_of(error: OSError) -> Refused:
    """The sentence for a full disk or for a place that cannot be written."""
    if error.errno in DISK_FULL:
        return Refused(Exit.DISK_FULL, installing.DISK_FULL)
    return Refused(
        Exit.NO_ENVIRONMENT,
        f"{error.filename or 'The folder'} cannot be written to ({error.strerror}). Give yourself the right to write "
        "there, or copy the repository to a folder of your own, and start again.",
    )
