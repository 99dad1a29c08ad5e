"""Make the environment with what the tests need, then check the code and run the tests.

    python3 scripts/test.py [--no-skips] [anything that pytest takes]

Standard library only. Nothing here uses syntax newer than Python 3.6, so that an older Python gets as far as
the sentence below.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts this with an older Python must be told
    sys.stderr.write(
        "This needs Python 3.11 or newer; this is Python {}.{} ({}).\n"
        "Install a newer one from https://www.python.org/downloads/ or your system's packages, and start this with "
        "it, for example: python3.12 scripts/test.py\n".format(*sys.version_info[:2], sys.executable)
    )
    sys.exit(10)

import os
import shutil
import subprocess
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts import check
from scripts.environment import ROOT, Environment, prepare
from scripts.outcomes import say, told

WORKERS = "2"  # each takes one core and a gigabyte
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> int:
    """The whole way, in order; gives the exit code of the first part that failed."""
    arguments = sys.argv[1:]
    if {"-h", "--help"} & set(arguments):
        say((__doc__ or "").strip())
        return 0
    environment = Environment(ROOT)
    prepare(environment, "test")
    if wants_chromium(arguments):
        install_chromium()
    checked = check.main(str(environment.python), environment.root)
    if checked:
        say("\nThe checks above found faults, so this run fails whatever the tests say.")
    tested = subprocess.call([environment.python, "-m", "pytest", *spread(arguments), *arguments], cwd=environment.root)
    return checked or tested


def spread(arguments: "list[str]") -> "list[str]":
    """The options that run the tests in two processes, a file in one of them; none where they would be in the way."""
    own = ("-n", "--numprocesses", "--dist", "-s", "--capture", "--pdb", "--trace", "-p")
    return [] if any(argument.startswith(own) for argument in arguments) else ["-n", WORKERS, "--dist", "loadfile"]


def wants_chromium(arguments: "list[str]") -> bool:
    """Whether a missing Chromium must not merely skip the browser's tests."""
    strict = "--no-skips" in arguments or os.environ.get("CI", "").lower() in ("1", "true")
    return strict and sys.platform == "linux" and not any(shutil.which(name) for name in CHROMIUM)


def install_chromium() -> None:
    """Debian's Chromium, where we may install it; otherwise the tests say what is missing."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        say("Chromium is missing, and the tests of the pages need it: install your system's package chromium.")
        return
    say("Chromium is missing, and the tests of the pages need it: installing Debian's package chromium ...")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]):
        done = subprocess.run(command, env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            say(f"'{' '.join(command)}' failed:\n{done.stdout[-2000:]}")
            return
    say("Chromium is installed.")


if __name__ == "__main__":
    sys.exit(told(main))
