"""What can be wrong with a corpus."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one file. ``line`` counts from 1. An error keeps the corpus from being used."""

    path: Path
    line: int
    severity: Literal["error", "warning"]
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.severity}: {self.message} Remedy: {self.remedy}"


class CorpusError(Exception):
    """Raised by the loaders for files that cannot be used; shown to whoever runs the service."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))
