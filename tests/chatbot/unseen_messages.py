"""The messages in ``data/messages.jsonl``, by what they are."""

from __future__ import annotations

import json
from pathlib import Path


def _read() -> dict[str, list[str]]:
    held: dict[str, list[str]] = {}
    for line in Path(__file__).with_name("data").joinpath("messages.jsonl").read_text(encoding="utf-8").splitlines():
        message = json.loads(line)
        held.setdefault(message["class"], []).append(message["text"])
    return held


UNSEEN = _read()
