"""Keep the figures of a run as they come, so that one that is stopped need not begin again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Figures = dict[str, Any]


class Kept:
    """The figures of a run as they come, in a file, so that a run that is stopped need not begin again.

    ``subject`` is what is measured, and where. ``sittings`` is in how many goes: what was measured in different ones may
    differ by what else the machine did, and the report says so.
    """

    def __init__(self, path: Path, subject: Figures, held: dict[str, Figures], sittings: int) -> None:
        self.sittings = sittings
        self._path = path
        self._subject = subject
        self._held = held
        self._measured = False

    @classmethod
    def opened(cls, path: Path, subject: Figures, resume: bool) -> Kept:
        """A new run, for which what an earlier one left is taken away; or with ``resume`` that one, if there is any.

        Raises:
            ValueError: if the file is not one that a run left, or is of a run of something else.
        """
        if not resume or not path.exists():
            path.unlink(missing_ok=True)
            return cls(path, subject, {}, 0)
        try:
            left = json.loads(path.read_text(encoding="utf-8"))
            of, held, sittings = left["subject"], dict(left["held"]), int(left["sittings"])
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path} holds no run that could be taken up ({error}); run without --resume.") from error
        if of != subject:
            raise ValueError(f"{path} is of a run on another corpus, machine or version of a peer; run without --resume.")
        return cls(path, subject, held, sittings)

    def figures(self, step: str, measure: Callable[[], Figures]) -> Figures:
        """The figures of one step: those kept, or measured now and kept. What failed is not kept: it is tried again."""
        if step in self._held:
            return self._held[step]
        self.sittings += not self._measured
        self._measured = True
        found = measure()
        if "failed" not in found:
            self._held[step] = found
            unfinished = self._path.with_suffix(".unfinished")
            save(unfinished, {"subject": self._subject, "sittings": self.sittings, "held": self._held})
            unfinished.replace(self._path)
        return found


def save(path: Path, figures: Figures) -> None:
    """Write a run as JSON."""
    path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
