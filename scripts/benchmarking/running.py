"""Run one contestant's program and read the line of figures it prints."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

QUIET = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}


@dataclass(frozen=True)
class Contestant:
    """One product to be measured: its interpreter, its program, and settings of its own."""

    name: str
    python: Path
    program: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    def figures(self, command: str, *arguments: object) -> dict[str, Any]:
        """What the program reports for one command, with ``wall``, the seconds from start of the process to the report.

        Raises:
            RuntimeError: if it fails, with its last words.
        """
        started = time.perf_counter()
        process = subprocess.Popen(
            [str(self.python), str(self.program), command, *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, **QUIET, **self.settings},
            cwd=self.program.parent,
        )
        assert process.stdout is not None and process.stderr is not None
        line = next((line for line in process.stdout if line.startswith("{")), "")
        wall = time.perf_counter() - started
        _, error = process.communicate()
        if process.returncode or not line:
            raise RuntimeError(f"{self.name} {command} failed: {error.strip()[-600:]}")
        held: dict[str, Any] = json.loads(line)
        return {**held, "wall": wall}


def with_index(contestant: Contestant, settings: Mapping[str, str]) -> Contestant:
    """The same contestant with further settings."""
    return Contestant(contestant.name, contestant.python, contestant.program, {**contestant.settings, **settings})


def written(path: Path, held: Sequence[str]) -> Path:
    """A list of texts as a JSON file."""
    path.write_text(json.dumps(list(held)), encoding="utf-8")
    return path
