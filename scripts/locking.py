"""One preparation of the environment at a time: a lock that the operating system drops when its holder ends.

So no lock is ever stale, however its holder ended. The file stays; only the hold on it matters.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
# Windows forbids others to read what is locked, so the byte locked lies behind the holder's number.
LOCKED_BYTE = 4096

if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        os.lseek(file, LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def held(path: Path, waiting: Callable[[str], None], pause: float = 0.5) -> Iterator[int]:
    """Hold the lock at ``path``, waiting for whoever holds it; ``waiting`` is told once who that is.

    Gives the file descriptor: a child process that inherits it keeps the lock until it ends too, so a killed
    start.py whose pip still works is waited for.

    Raises:
        OSError: where the file cannot be made or the drive knows no locks.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    told = False
    try:
        while not _taken_now(file):
            if not told:
                waiting(_holder(file))
                told = True
            time.sleep(pause)
        os.ftruncate(file, 0)
        os.lseek(file, 0, os.SEEK_SET)
        os.write(file, str(os.getpid()).encode("ascii"))
        yield file
    finally:
        os.close(file)


def _taken_now(file: int) -> bool:
    try:
        _take(file)
    except OSError as error:
        if error.errno in TAKEN:
            return False
        raise
    return True


def _holder(file: int) -> str:
    os.lseek(file, 0, os.SEEK_SET)
    return os.read(file, 20).decode("ascii", errors="replace") or "unknown"
