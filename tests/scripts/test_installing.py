"""pip's output, boiled down, and the sentences for its failures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts import installing
from scripts.installing import Progress, failure_of

ROOT = Path(__file__).resolve().parents[2]
LOG = Path(".venv/install.log")


def test_the_command_names_torch_beside_the_project_and_no_index() -> None:
    command = installing.pip_command(Path("python"), ROOT, "test")
    assert command[:4] == ["python", "-m", "pip", "install"]
    assert command[-5:] == ["-c", "constraints.txt", "torch==2.13.0", "-e", ".[test]"]
    assert installing.pip_command(Path("python"), ROOT, "")[-1] == "."
    assert not [option for option in command if "index" in option or "links" in option or option == "--isolated"]


def test_progress_names_big_files_and_sums_what_was_downloaded() -> None:
    said: list[str] = []
    progress = Progress(said.append, clock=lambda: 0.0)
    for line in (
        "Collecting torch==2.13.0",
        "  Downloading torch-2.13.0-cp311-none-linux_x86_64.whl (526.8 MB)",
        "Collecting tqdm",
        "  Downloading tqdm-4.70.1-py3-none-any.whl (79 kB)",
        "Collecting numpy",
        "  Using cached numpy-2.4.6-cp311-linux_x86_64.whl (16.1 MB)",
        "Installing collected packages: torch, tqdm, numpy",
    ):
        progress.take(line)
    assert said == ["  fetching torch-2.13.0-cp311-none-linux_x86_64.whl (527 MB) ...", "  unpacking 3 packages ..."]
    assert progress.summary() == "Installed in 0 s; 527 MB downloaded."


def test_silence_is_broken_and_an_index_that_does_not_answer_is_said_once() -> None:
    said: list[str] = []
    progress = Progress(said.append, clock=lambda: 0.0)
    progress.take("Collecting torch==2.13.0")
    progress.heartbeat()
    for _ in range(5):
        progress.take("WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError(...)'")
    assert said == [
        "  1 packages found, 0 MB fetched, 0 s ...",
        "  the package index does not answer; pip tries again ...",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
        "ERROR: Could not install packages due to an OSError: [Errno 28] Auf dem Gerät ist kein Speicherplatz mehr",
        "OSError: [WinError 112] There is not enough space on the disk",
    ],
)
def test_a_full_disk_is_said(line: str) -> None:
    failure = failure_of(["Collecting torch", line], LOG)
    assert failure.kind == "DISK_FULL"
    assert failure.sentence.startswith("The disk is full.")


@pytest.mark.parametrize(
    "line",
    [
        "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(': [Errno 111]')': /torch/",
        "  pip._vendor.urllib3.exceptions.ReadTimeoutError: HTTPSConnectionPool: Read timed out.",
        "ERROR: Could not find a version that satisfies the requirement hatchling==1.27.0 (from versions: none)",
    ],
)
def test_an_absent_network_is_said(line: str) -> None:
    failure = failure_of([line, "ERROR: No matching distribution found for torch==2.13.0"], LOG)
    assert failure.kind == "NO_NETWORK"
    assert failure.sentence.startswith("The network is away")


def test_any_other_failure_shows_pips_last_words_and_where_the_rest_is() -> None:
    words = ["Collecting torch==2.13.0", "ERROR: No matching distribution found for torch==2.13.0"]
    failure = failure_of([f"line {number}" for number in range(100)] + words, LOG)
    assert failure.kind == "NOT_INSTALLED"
    assert words[-1] in failure.sentence
    assert "line 3\n" not in failure.sentence
    assert str(LOG) in failure.sentence
    assert "not to be had for this Python" in failure.sentence


def test_a_package_whose_unpacking_was_cut_short_is_forgotten(tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole-1.dist-info", tmp_path / "cut-1.dist-info"
    for record in (whole, cut):
        record.mkdir()
        (record / "METADATA").write_text("", encoding="utf-8")
    (whole / "INSTALLER").write_text("pip\n", encoding="utf-8")
    installing.remove_unfinished([whole, cut])
    assert list(tmp_path.iterdir()) == [whole]


def test_constraints_are_exact_versions_and_nothing_of_any_machine() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.]*", line) for line in kept)
    assert f"torch=={installing.torch_version(ROOT)}" in kept
    assert len({re.sub(r"[-_.]+", "-", line.partition("==")[0]).lower() for line in kept}) == len(kept)


def test_what_is_installed_here_is_what_the_constraints_say() -> None:
    """Every distribution that the project needs is held to one version."""
    from importlib.metadata import distribution

    from packaging.requirements import Requirement

    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    held = {name.lower().replace("_", "-") for name, mark, _ in (line.partition("==") for line in lines) if mark}
    wanted, seen = ["ascl-chat"], set()
    while wanted:
        name = wanted.pop()
        extras = ("", "test") if name == "ascl-chat" else ("",)
        for written in distribution(name).requires or []:
            requirement = Requirement(written)
            needed = requirement.marker is None or any(requirement.marker.evaluate({"extra": e}) for e in extras)
            found = requirement.name.lower().replace("_", "-")
            if needed and found not in seen:
                seen.add(found)
                wanted.append(found)
    assert seen - held == set()
