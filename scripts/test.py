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
SHELL = "chromium-headless-shell"  # the same browser without a window: a page opens in a third of the time
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PROXY = "nginx"


def main() -> int:
    """The whole way, in order; gives the exit code of the first part that failed."""
    arguments = sys.argv[1:]
    if {"-h", "--help"} & set(arguments):
        say((__doc__ or "").strip())
        return 0
    environment = Environment(ROOT)
    prepare(environment, "test")
    packages = wanted_packages(arguments)
    if packages:
        install(packages)
    checked = check.main(str(environment.python), environment.root)
    if checked:
        say("\nThe checks above found faults, so this run fails whatever the tests say.")
    tested = subprocess.call([environment.python, "-m", "pytest", *spread(arguments), *arguments], cwd=environment.root)
    return checked or tested


def spread(arguments: "list[str]") -> "list[str]":
    """The options that run the tests in two processes, a file in one of them; none where they would be in the way."""
    own = ("-n", "--numprocesses", "--dist", "-s", "--capture", "--pdb", "--trace", "-p")
    return [] if any(argument.startswith(own) for argument in arguments) else ["-n", WORKERS, "--dist", "loadfile"]


def wanted_packages(arguments: "list[str]") -> "tuple[str, ...]":
    """Debian's packages to install where a missing Chromium or nginx must not merely skip the tests that need it."""
    strict = "--no-skips" in arguments or os.environ.get("CI", "").lower() in ("1", "true")
    if not strict or sys.platform != "linux":
        return ()
    browser = () if any(shutil.which(name) for name in CHROMIUM) else (CHROMIUM[0],)
    missing = browser if shutil.which(PROXY) else (*browser, PROXY)
    return missing if shutil.which(SHELL) or not (missing or may_install()) else (*missing, SHELL)


def may_install() -> bool:
    """Whether a package can be installed here."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: "tuple[str, ...]") -> None:
    """Install the packages; where one cannot be, the tests say what is missing."""
    if not may_install():
        wanted = ", ".join(packages)
        say(f"The tests of the pages need what is missing here: install your system's packages {wanted}.")
        return
    # Debian starts a server as it installs it, if it may: here it is only to be there.
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    command = ["apt-get", "install", "-y", "--no-install-recommends"]
    subprocess.run(["apt-get", "update"], env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for package in packages:
        say(f"The tests of the pages use Debian's package {package}: installing it ...")
        done = subprocess.run([*command, package], env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        say("It is installed." if done.returncode == 0 else f"It cannot be installed:\n{done.stdout[-500:]}")


if __name__ == "__main__":
    sys.exit(told(main))
