"""Cases that nothing is fitted on are put to the service on every run: quality that falls is a failure like any other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("cases", ["held-out", "unseen-documents"])
def test_no_figure_is_beyond_its_threshold(cases: str, built_index: Path) -> None:
    done = subprocess.run(
        [sys.executable, "scripts/evaluate.py", "--cases", cases, "--check"],
        cwd=ROOT,
        env={**os.environ, "ASCL_CHAT_INDEX_FOLDER": str(built_index)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
