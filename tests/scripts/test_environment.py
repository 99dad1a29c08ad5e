"""The environment's keeping: what is kept, made anew or left alone. No test here installs anything."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import environment as environments
from scripts import locking
from scripts.environment import Environment
from scripts.outcomes import Exit, Refused, refusal_of, told

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """A repository with nothing in it but what decides an install."""
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    return Environment(tmp_path)


def stamped(environment: Environment, *extras: str) -> Environment:
    """The environment as a finished install leaves it, with this test's own Python in it."""
    environment.python.parent.mkdir(parents=True)
    environment.python.symlink_to(sys.executable)
    environment.command.write_text("", encoding="utf-8")
    (environment.folder / "pyvenv.cfg").write_text("", encoding="utf-8")
    digest = environments.digest(environment, tuple(sys.version_info[:3]))
    environment.stamp.write_text(json.dumps({"digest": digest, "extras": list(extras)}), encoding="utf-8")
    return environment


def test_a_finished_install_is_not_repeated(environment: Environment) -> None:
    environments.prepare(stamped(environment))
    assert not environment.lock.exists()  # it did not even look further


def test_start_after_test_is_content_but_test_after_start_adds(environment: Environment) -> None:
    stamped(environment, "test")
    assert environments.is_ready(environment)
    assert environments.is_ready(environment, "test")
    stamp = json.loads(environment.stamp.read_text(encoding="utf-8"))
    environment.stamp.write_text(json.dumps({**stamp, "extras": []}), encoding="utf-8")
    assert environments.is_ready(environment)
    assert not environments.is_ready(environment, "test")


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_changed_requirement_asks_for_an_install(environment: Environment, name: str) -> None:
    stamped(environment)
    with (environment.root / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert not environments.is_ready(environment)


def test_an_environment_moved_with_its_repository_is_installed_again(environment: Environment, tmp_path: Path) -> None:
    """Programs in it hold the old path."""
    stamped(environment)
    moved = tmp_path.with_name(tmp_path.name + "-moved")
    tmp_path.rename(moved)
    assert not environments.is_ready(Environment(moved))


@pytest.mark.parametrize("stamp", ["", "[]", "{", "null"])
def test_a_damaged_stamp_asks_for_an_install(environment: Environment, stamp: str) -> None:
    stamped(environment).stamp.write_text(stamp, encoding="utf-8")
    assert not environments.is_ready(environment)


def test_a_python_that_is_gone_is_noticed(environment: Environment) -> None:
    stamped(environment).python.unlink()
    environment.python.symlink_to("/nowhere/python3")
    assert environments.python_version(environment) is None
    assert not environments.is_ready(environment)


def test_a_folder_that_is_no_environment_is_left_alone(environment: Environment) -> None:
    precious = environment.folder / "thesis.txt"
    precious.parent.mkdir()
    precious.write_text("years of work", encoding="utf-8")
    with pytest.raises(Refused, match="was left alone") as refused:
        environments.prepare(environment)
    assert refused.value.code == Exit.NO_ENVIRONMENT
    assert [path.name for path in environment.folder.iterdir()] == ["thesis.txt"]


def test_a_file_of_that_name_is_left_alone(environment: Environment) -> None:
    environment.folder.write_text("", encoding="utf-8")
    with pytest.raises(Refused, match="was left alone"):
        environments.prepare(environment)


def test_emptying_keeps_the_lock_that_is_held_and_follows_no_link(environment: Environment, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.txt").write_text("", encoding="utf-8")
    stamped(environment).lock.write_text("", encoding="utf-8")
    (environment.folder / "link").symlink_to(outside)
    environments._empty(environment)
    assert [path.name for path in environment.folder.iterdir()] == [environment.lock.name]
    assert (outside / "kept.txt").exists()


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_missing_module_names_the_system_package(
    environment: Environment, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(Refused) as refused:
        environments.prepare(environment)
    assert refused.value.code == Exit.NO_ENVIRONMENT
    assert f"'{module}'" in str(refused.value)
    assert "sudo apt install python3-venv" in str(refused.value)


def test_what_stops_a_script_is_said_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    def full() -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    def interrupted() -> int:
        raise KeyboardInterrupt

    assert told(full) == Exit.DISK_FULL
    assert "The disk is full." in capsys.readouterr().err
    assert told(interrupted) == Exit.INTERRUPTED
    assert "goes on from here" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_named() -> None:
    refusal = refusal_of(PermissionError(errno.EACCES, "Permission denied", "/srv/ascl-chat/.venv"))
    assert str(refusal).startswith("/srv/ascl-chat/.venv cannot be written to (Permission denied).")
    assert refusal.code == Exit.NO_ENVIRONMENT


def test_the_lock_outlives_nobody_and_names_its_holder(environment: Environment, tmp_path: Path) -> None:
    """A second one waits, says for whom, and goes on when the first is gone, however that ended."""
    environment.folder.mkdir()
    hold = (
        "import sys, time; from pathlib import Path; from scripts.locking import held\n"
        "with held(Path(sys.argv[1]), print): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(environment.lock)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        waited_for: list[str] = []

        def waiting(process: str) -> None:
            waited_for.append(process)
            holder.kill()  # as a power cut or kill -9 would

        with locking.held(environment.lock, waiting, pause=0.01):
            assert environment.lock.read_text(encoding="ascii") == str(os.getpid())
        assert waited_for == [str(holder.pid)]
