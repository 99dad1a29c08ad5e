"""What every test shares: no network for models, no settings from the developer's own shell, no silent skips."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock
from hypothesis import settings

if TYPE_CHECKING:
    from chatbot.assembly import Service

# Here, and not in a fixture: modules that read them are imported when tests are collected.
for name in [name for name in os.environ if name.startswith("ASCL_CHAT_")]:
    del os.environ[name]
os.environ.update(
    HF_HUB_OFFLINE="1",
    TRANSFORMERS_OFFLINE="1",
    HF_HUB_DISABLE_TELEMETRY="1",
    GRADIO_ANALYTICS_ENABLED="False",
    TOKENIZERS_PARALLELISM="false",
)

# No deadline: on a busy machine it fails tests that are sound.
settings.register_profile("usual", deadline=None)
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))

SKIPPED = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="fail the run, with the reasons, when a test is skipped")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[SKIPPED] = []
    if config.getoption("--no-skips"):
        config.pluginmanager.register(NoSkips(config.stash[SKIPPED]))


class NoSkips:
    """Notes every skipped test and fails the run for them."""

    def __init__(self, skipped: list[str]) -> None:
        self._skipped = skipped

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self._note(report)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Takes over what a worker skipped while it collected: of that it sends no report."""
        for line in getattr(node, "workeroutput", {}).get("skipped", ()):
            if line not in self._skipped:
                self._skipped.append(line)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["skipped"] = self._skipped
            return
        if self._skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._skipped:
            terminalreporter.section("skipped, and --no-skips allows none", red=True)
            for line in self._skipped:
                terminalreporter.write_line(line)

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longreprtext
        self._skipped.append(f"{report.nodeid}: {reason}")


@pytest.fixture(scope="session")
def built_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index folder with a build of the real corpus by the packaged model, made once for the whole run."""
    from chatbot.settings import load_settings
    from corpus.loading import load_corpus
    from index.building import build_index

    shipped = load_settings()
    own = tmp_path_factory.getbasetemp()
    # Workers share what one of them builds: it takes a minute and both cores.
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "index-of-the-corpus"
    with FileLock(folder.with_suffix(".lock")):
        if not (folder / "CURRENT").exists():
            build_index(load_corpus(shipped.corpus_folder), shipped.model, folder)
    return folder


@pytest.fixture(scope="session")
def service(built_index: Path) -> Service:
    """The real service on that index, assembled once for the whole run."""
    from chatbot.assembly import assemble
    from chatbot.settings import load_settings

    return assemble(load_settings(index_folder=built_index))
