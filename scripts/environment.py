"""The environment that start.py and test.py share: ``.venv`` in the repository root, made once and reused.

Standard library only, here and in what this imports: it runs before anything is installed. Messages are plain
ASCII, for consoles that show nothing else.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts import installing, locking
from scripts.outcomes import Exit, Refused, say

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Environment:
    """The places of the environment of the repository at ``root``."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self._program("python")

    @property
    def command(self) -> Path:
        return self._program("ascl-chat")

    @property
    def stamp(self) -> Path:
        """Says what was installed completely. Gone while an install is under way."""
        return self.folder / "ascl-chat.json"

    @property
    def lock(self) -> Path:
        """Made before all else, so its presence also says that the folder is ours."""
        return self.folder / "ascl-chat.lock"

    @property
    def log(self) -> Path:
        return self.folder / "install.log"

    def packages(self, pattern: str) -> list[Path]:
        """What is installed and fits ``pattern``, as paths."""
        place = "Lib/site-packages/" if sys.platform == "win32" else "lib/python*/site-packages/"
        return sorted(self.folder.glob(place + pattern))

    def _program(self, name: str) -> Path:
        return self.folder / ("Scripts" if sys.platform == "win32" else "bin") / (name + installing.PROGRAM_SUFFIX)


def prepare(environment: Environment, extra: str = "") -> None:
    """Make the environment hold the project, with ``extra``; when it does already, do nothing.

    Safe to repeat, to interrupt and to run twice at once.

    Raises:
        Refused: with what is in the way and its remedy.
    """
    if is_ready(environment, extra):
        return
    _refuse_what_is_not_ours(environment)
    environment.folder.mkdir(exist_ok=True)
    with one_at_a_time(environment) as lock:
        if is_ready(environment, extra):  # whoever held the lock did it
            return
        _make(environment)
        _install(environment, extra, lock)


def one_at_a_time(environment: Environment) -> AbstractContextManager[int]:
    """Whoever changes the environment or its index holds this; others wait, and say for whom."""
    return locking.held(environment.lock, _say_waiting)


def is_ready(environment: Environment, extra: str = "") -> bool:
    """Whether an install of exactly this project was completed, with ``extra`` if one is named."""
    version = python_version(environment)
    if version is None or not environment.command.exists():
        return False
    stamp = _read_stamp(environment)
    return stamp.get("digest") == digest(environment, version) and (not extra or extra in stamp.get("extras", []))


def python_version(environment: Environment) -> tuple[int, ...] | None:
    """The version of the environment's own Python, or None where it does not run."""
    show = "import sys; print(*sys.version_info[:3])"
    try:
        shown = subprocess.run([environment.python, "-c", show], capture_output=True, text=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return None
    return tuple(int(part) for part in shown.stdout.split())


def digest(environment: Environment, version: tuple[int, ...]) -> str:
    """Of all that decides what is installed. The folder counts: programs in it hold its path."""
    told = hashlib.sha256(repr((version, str(environment.root))).encode("utf-8", "surrogateescape"))
    for name in ("pyproject.toml", "constraints.txt"):
        told.update((environment.root / name).read_bytes())
    return told.hexdigest()


def _read_stamp(environment: Environment) -> dict[str, Any]:
    try:
        stamp = json.loads(environment.stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _say_waiting(holder: str) -> None:
    say(f"Another start.py or test.py (process {holder}) is preparing .venv. Waiting until it is done ...")


def _refuse_what_is_not_ours(environment: Environment) -> None:
    """Nothing is deleted that is not an environment, or the beginning of one that we made."""
    folder = environment.folder
    if not folder.exists() and not folder.is_symlink():
        return
    if folder.is_dir() and (not any(folder.iterdir()) or _is_environment(environment) or environment.lock.exists()):
        return
    raise Refused(
        Exit.NO_ENVIRONMENT,
        f"{folder} exists and is not a Python environment, so it was left alone. Move it away and start again.",
    )


def _is_environment(environment: Environment) -> bool:
    return (environment.folder / "pyvenv.cfg").is_file()


def _make(environment: Environment) -> None:
    """Keep a sound environment; make one where there is none, and anew where it is broken or too old."""
    version = python_version(environment) if _is_environment(environment) else None
    if version is None or version < OLDEST_PYTHON:
        _refuse_missing_modules()
        say(_why_made(environment, version))
        _empty(environment)
        _run_module(environment, sys.executable, "venv", str(environment.folder))
    elif not _has_pip(environment):
        say("Adding pip to .venv ...")
        _run_module(environment, str(environment.python), "ensurepip")


def _why_made(environment: Environment, version: tuple[int, ...] | None) -> str:
    if not _is_environment(environment):
        return "Making the environment in .venv ..."
    if version is None:
        return "The Python of .venv does not run (removed or upgraded?). Making .venv anew ..."
    return f"The Python of .venv is {'.'.join(map(str, version))}, older than 3.11. Making .venv anew ..."


def _refuse_missing_modules() -> None:
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise _missing(module)


def _missing(module: str) -> Refused:
    return Refused(
        Exit.NO_ENVIRONMENT,
        f"This Python ({sys.executable}) lacks its part '{module}', so no environment can be made with it. Install it "
        "and start again:\n"
        "  Debian, Ubuntu:   sudo apt install python3-venv\n"
        "  Fedora, Red Hat:  sudo dnf install python3-libs python3-pip\n"
        "  other systems:    a full Python from https://www.python.org/downloads/",
    )


def _empty(environment: Environment) -> None:
    """Remove all but the lock, which is held."""
    environment.stamp.unlink(missing_ok=True)
    for child in environment.folder.iterdir():
        if child == environment.lock:
            continue
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        else:
            child.unlink()


def _has_pip(environment: Environment) -> bool:
    installing.remove_unfinished(environment.packages("*.dist-info"))
    asked = subprocess.run([environment.python, "-m", "pip", "--version"], capture_output=True, check=False)
    return asked.returncode == 0


def _run_module(environment: Environment, python: str, *arguments: str) -> None:
    made = subprocess.run(
        [python, "-m", *arguments], cwd=environment.root, capture_output=True, text=True, errors="replace", check=False
    )
    if made.returncode == 0:
        return
    shown = made.stdout + made.stderr
    if installing.is_disk_full(shown):
        raise Refused(Exit.DISK_FULL, installing.DISK_FULL)
    if "ensurepip" in shown and ("No module named" in shown or "not available" in shown):
        raise _missing("ensurepip")
    raise Refused(Exit.NO_ENVIRONMENT, f"The environment .venv could not be made:\n{installing.tail(shown)}")


def _install(environment: Environment, extra: str, lock: int) -> None:
    environment.stamp.unlink(missing_ok=True)
    _hint_at_cpu_build(environment)
    installing.remove_unfinished(environment.packages("*.dist-info"))
    failure = installing.install(environment.python, environment.root, extra, environment.log, lock, say)
    if failure is not None:
        raise Refused(Exit[failure.kind], failure.sentence)
    version = python_version(environment)
    assert version is not None  # it has just run pip
    stamp = {"digest": digest(environment, version), "extras": [extra] if extra else []}
    unpublished = environment.stamp.with_suffix(".part")
    unpublished.write_text(json.dumps(stamp), encoding="utf-8")
    os.replace(unpublished, environment.stamp)


def _hint_at_cpu_build(environment: Environment) -> None:
    if sys.platform != "linux" or has_nvidia() or environment.packages("torch-*.dist-info"):
        return
    say(
        "\nNo NVIDIA graphics card was found here. By default pip brings torch with packages for such cards: roughly\n"
        "2 to 4 GB more to download, and more on disk, which this program does not need. To save that, press Ctrl+C\n"
        "and use the CPU command of PyTorch's own page, https://pytorch.org/get-started/locally/: make `.venv`,\n"
        f"install torch {installing.torch_version(environment.root)} there by that page's CPU command, start again; "
        "what is installed is kept.\n"
    )


def has_nvidia() -> bool:
    """Whether an NVIDIA driver shows itself."""
    return shutil.which("nvidia-smi") is not None or Path("/proc/driver/nvidia").exists()
