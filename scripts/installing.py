"""Running pip: its command, its output boiled down to a few live lines, and sentences for its failures.

Standard library only. Which index pip uses is the user's own configuration; no option here changes it.
"""

from __future__ import annotations

import os
import queue
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

PROGRAM_SUFFIX = ".exe" if sys.platform == "win32" else ""
HEARTBEAT_SECONDS = 15.0
BIG_FILE = 20_000_000
UNITS = {"bytes": 1, "kB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}

FETCH = re.compile(r"^\s*(Downloading|Using cached) (\S+) \(([\d.]+) (bytes|kB|MB|GB)\)")
# pip's words follow the system's language; class names, error numbers and pip's own English do not.
NETWORK = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectTimeoutError|ReadTimeoutError|ReadTimeout|ProxyError"
    r"|ProtocolError|MaxRetryError|ConnectionError|ConnectionResetError|RemoteDisconnected|IncompleteRead|SSLError"
    r"|Retrying \(Retry|Failed to connect to|Failed to resolve|Network is unreachable",
)
# What builds the project is to be had everywhere; where pip sees no version of it at all, it sees no index.
NO_INDEX = re.compile(r"hatchling\S* \(from versions: none\)")
FULL = re.compile(r"\[Errno (28|122)\]|No space left on device|WinError (39|112)\]|Disk quota exceeded")

DISK_FULL = (
    "The disk is full. The environment takes about 2 GB (several more with packages for NVIDIA cards), and while "
    "installing about 1 GB in the temporary folder (TMPDIR). Make room and start again; it goes on from here."
)
NO_NETWORK = (
    "The network is away: pip reached no package index, and the packages must be fetched once. Check the connection "
    "(behind a proxy, set HTTPS_PROXY; with an index of your own, see `pip config list`) and start again."
)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why pip did not install. ``kind`` names an exit code of the scripts."""

    kind: Literal["DISK_FULL", "NO_NETWORK", "NOT_INSTALLED"]
    sentence: str


def torch_version(root: Path) -> str:
    """The torch version that the constraints name."""
    for line in (root / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("torch=="):
            return line.removeprefix("torch==").strip()
    raise ValueError("constraints.txt names no version of torch")


def pip_command(python: Path, root: Path, extra: str) -> list[str]:
    """torch stands in the same command, so that one resolution decides and an installed copy that fits is kept."""
    project = f".[{extra}]" if extra else "."
    pip = [str(python), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    return [*pip, "-c", "constraints.txt", f"torch=={torch_version(root)}", "-e", project]


def install(python: Path, root: Path, extra: str, log: Path, lock: int, say: Callable[[str], None]) -> Failure | None:
    """Install the project at ``root`` into the environment of ``python``; None when it is done.

    ``lock`` is a file descriptor that pip inherits, so the lock outlives us if we are killed.
    """
    say("Installing the packages; the first time this takes some minutes ...")
    progress = Progress(say)
    lines: list[str] = []
    with _running(pip_command(python, root, extra), root, lock) as process:
        for line in _lines_of(process):
            if line is None:
                progress.heartbeat()
            else:
                lines.append(line)
                progress.take(line)
        code = process.wait()
    _write_log(log, lines)
    if code == 0:
        say(progress.summary())
        return None
    return failure_of(lines, log)


@dataclass(slots=True)
class Progress:
    """Boils pip's output down. What it shows was either just fetched or has kept pip busy for a while."""

    say: Callable[[str], None]
    clock: Callable[[], float] = time.monotonic
    packages: int = 0
    fetched: float = 0.0
    step: str = "looking for packages"
    offline_told: bool = False
    started: float = field(init=False)

    def __post_init__(self) -> None:
        self.started = self.clock()

    def take(self, line: str) -> None:
        """Read one line of pip's output."""
        found = FETCH.match(line)
        if found:
            self._fetch(found)
        elif line.startswith(("Collecting ", "Processing ")):
            self.packages += 1
            self.step = f"{self.packages} packages found"
        elif line.startswith("Building wheel"):
            self.step = "building the project"
        elif line.startswith("Installing collected packages:"):
            count = line.count(",") + 1
            self.step = f"unpacking {count} package{'' if count == 1 else 's'}"
            self.say(f"  {self.step} ...")
        elif "Retrying (Retry" in line and not self.offline_told:
            self.offline_told = True
            self.say("  the package index does not answer; pip tries again ...")

    def heartbeat(self) -> None:
        """Say that work goes on."""
        self.say(f"  {self.step}, {self.fetched / 1e6:.0f} MB fetched, {self._seconds()} s ...")

    def summary(self) -> str:
        """The closing line."""
        return f"Installed in {self._seconds()} s; {self.fetched / 1e6:.0f} MB downloaded."

    def _fetch(self, found: re.Match[str]) -> None:
        how, file, number, unit = found.groups()
        size = float(number) * UNITS[unit]
        name = file.rsplit("/", 1)[-1]
        self.fetched += size if how == "Downloading" else 0.0
        self.step = f"{self.packages} packages found"
        if size >= BIG_FILE:
            self.step = f"fetching {name}"
            self.say(f"  fetching {name} ({size / 1e6:.0f} MB) ...")

    def _seconds(self) -> int:
        return round(self.clock() - self.started)


def failure_of(lines: list[str], log: Path) -> Failure:
    """The sentence for what pip's output says went wrong."""
    shown = "\n".join(lines)
    if is_disk_full(shown):
        return Failure("DISK_FULL", DISK_FULL)
    if NO_INDEX.search(shown) or NETWORK.search("\n".join(lines[-60:])):
        return Failure("NO_NETWORK", NO_NETWORK)
    sentence = f"pip could not install the packages. Its last words (all of them are in {log}):\n\n{tail(shown)}"
    if "No matching distribution found" in shown:
        sentence += (
            f"\n\nA package is not to be had for this Python ({sys.version.split()[0]}) on this system, or not from "
            "the places that pip looks in (see `pip config list`)."
        )
    return Failure("NOT_INSTALLED", sentence)


def is_disk_full(shown: str) -> bool:
    """Whether a program's output says that the disk is full."""
    return FULL.search(shown) is not None


def tail(shown: str, count: int = 15) -> str:
    """The last lines, indented."""
    return "\n".join("  " + line for line in shown.rstrip().splitlines()[-count:])


def remove_unfinished(records: Iterable[Path]) -> None:
    """Forget packages whose unpacking was cut short, so that pip unpacks them again.

    pip writes INSTALLER after a package's files; without it pip would still take the package as installed.
    """
    for record in records:
        if not (record / "INSTALLER").exists():
            shutil.rmtree(record)


@contextmanager
def _running(command: list[str], root: Path, lock: int) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        command,
        cwd=root,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8", "PIP_USER": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        pass_fds=() if sys.platform == "win32" else (lock,),
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def _lines_of(process: subprocess.Popen[str]) -> Iterator[str | None]:
    """Lines of the output as they come, and None at each silence."""
    came: queue.Queue[str | None] = queue.Queue()
    threading.Thread(target=_pump, args=(process, came), daemon=True).start()
    while True:
        try:
            line = came.get(timeout=HEARTBEAT_SECONDS)
        except queue.Empty:
            yield None
            continue
        if line is None:
            return
        yield line


def _pump(process: subprocess.Popen[str], came: queue.Queue[str | None]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        came.put(line.rstrip())
    came.put(None)


def _write_log(log: Path, lines: list[str]) -> None:
    """Best effort: on a full disk the sentence matters, not the log."""
    try:
        log.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError:
        log.unlink(missing_ok=True)
