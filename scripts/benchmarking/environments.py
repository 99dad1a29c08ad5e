"""An environment of its own for each peer, so that none decides what another is measured with."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

PEERS = Path(__file__).with_name("peers")
_VERSIONS = PEERS / "versions.txt"
ALONE = "--no-deps"  # what stands behind it is installed without what it asks for


def packages() -> dict[str, list[str]]:
    """Each peer's packages, exactly pinned."""
    lines = [line for line in _VERSIONS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {name: held.split() for name, held in (line.split(": ", 1) for line in lines)}


def program(peer: str) -> Path:
    """The program that runs a peer."""
    own = PEERS / f"{peer}.py"
    return own if own.is_file() else PEERS / f"{peer}_peer.py"


def environment_of(peer: str, folder: Path, report: Callable[[str], None]) -> Path:
    """The peer's interpreter, its environment made if it is not there.

    Raises:
        RuntimeError: if pip cannot install it, with pip's last words.
    """
    home = folder / peer
    python = home / "bin" / "python"
    if (home / "complete").is_file():
        return python
    report(f"Installing {peer}")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
    wanted = packages()[peer]
    alone = wanted.index(ALONE) if ALONE in wanted else len(wanted)
    for given in filter(None, (wanted[:alone], wanted[alone:])):
        done = subprocess.run(
            [str(python), "-m", "pip", "install", "-q", *given], capture_output=True, text=True, encoding="utf-8", check=False
        )
        if done.returncode:
            raise RuntimeError(f"{peer} cannot be installed: {done.stderr.strip()[-400:]}")
    (home / "complete").touch()
    return python


def megabytes_on_disk(folder: Path) -> float:
    """Size of all files under a folder."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20
