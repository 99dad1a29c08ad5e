"""Make the environment and the index, start the server, and say where the page is.

    python3 scripts/start.py [--host HOST] [--port PORT] [--no-serve]

Standard library only. Nothing here uses syntax newer than Python 3.6, so that an older Python gets as far as
the sentence below.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts this with an older Python must be told
    sys.stderr.write(
        "This needs Python 3.11 or newer; this is Python {}.{} ({}).\n"
        "Install a newer one from https://www.python.org/downloads/ or your system's packages, and start this with "
        "it, for example: python3.12 scripts/start.py\n".format(*sys.version_info[:2], sys.executable)
    )
    sys.exit(10)

import argparse
import http.client
import json
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from chatbot import ports
from scripts.environment import ROOT, Environment, one_at_a_time, prepare
from scripts.outcomes import Exit, Refused, say, told

EXIT_CODES = """exit codes: 0 done, or the server was stopped; 2 bad usage; 3 settings refused; 4 corpus faulty;
5 index refused; 7 port taken; 8 embedding model refused; 10 Python too old; 11 no environment can be made;
12 disk full; 13 network away; 14 packages not installed; 130 interrupted"""
READY_SECONDS = 300
SHOW_SETTINGS = """
import json, sys
from chatbot.settings import SettingsError, load_settings
try:
    settings = load_settings(**json.loads(sys.argv[1]))
except SettingsError as error:
    sys.exit(str(error))
print(json.dumps({"host": settings.host, "port": settings.port, "port_given": "port" in settings.model_fields_set,
                  "prefix": settings.path_prefix, "known_as": settings.allowed_hosts}))
"""


def main() -> int:
    """The whole way, in order."""
    given = read_arguments(sys.argv[1:])
    environment = Environment(ROOT)
    prepare(environment)
    build_index(environment)
    if given.no_serve:
        say("Environment and index are ready.")
        return Exit.OK
    settings = read_settings(environment, given.host, given.port)
    port = choose_port(settings["host"], settings["port"], settings["port_given"])
    return serve(environment, {**settings, "port": port})


def read_arguments(arguments: "list[str]") -> argparse.Namespace:
    """The command line of this script."""
    parser = argparse.ArgumentParser(
        description="Make the environment and the index, start the server, and say where the page is.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--host", help="address to listen on (default: the setting, 127.0.0.1)")
    parser.add_argument("--port", type=port_number, help="port to listen on (default: 7860, or the next free one)")
    parser.add_argument("--no-serve", action="store_true", help="stop when environment and index are ready")
    return parser.parse_args(arguments)


def port_number(text: str) -> int:
    """Refuses what is no port, in argparse's way."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {text!r}")
    return int(text)


def build_index(environment: Environment) -> None:
    """Build the index unless it is current; the command shows its own progress."""
    with one_at_a_time(environment):
        code = subprocess.call([environment.command, "index", "build", "--if-needed"], cwd=environment.root)
    if code:
        raise SystemExit(code)  # the command has said why


def read_settings(environment: Environment, host: "str | None", port: "int | None") -> "dict[str, Any]":
    """What the settings say of the address; ``host`` and ``port`` win where they are given."""
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    shown = subprocess.run(
        [environment.python, "-c", SHOW_SETTINGS, json.dumps(given)],
        cwd=environment.root,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    if shown.returncode:
        raise SystemExit(3)
    settings: dict[str, Any] = json.loads(shown.stdout)
    return settings


def choose_port(host: str, port: int, given: bool) -> int:
    """``port``, or the next free one unless it was asked for by name."""
    try:
        if given:
            ports.refuse_taken(host, port)
        free = ports.next_free(host, port)
    except ports.PortTaken as taken:
        raise Refused(Exit.PORT_TAKEN, str(taken)) from taken
    except ports.AddressRefused as refused:
        raise Refused(Exit.USAGE, str(refused)) from refused
    if free != port:
        say(f"Port {port} is taken by another program; using port {free} instead.")
    return free


def serve(environment: Environment, settings: "dict[str, Any]") -> int:
    """Run the server until it is stopped; say the page's address once it answers."""
    host, port = settings["host"], settings["port"]
    say("Starting the server ...")
    # Before the server exists, so that no stop signal can leave it behind.
    signal.signal(signal.SIGTERM, stop_as_interrupted)
    server = subprocess.Popen([environment.command, "serve", "--host", host, "--port", str(port)], cwd=environment.root)
    try:
        if wait_until_ready(server, settings):
            address = f"http://{ports.in_address(ports.reachable(host))}:{port}{settings['prefix']}/chat/"
            only = "" if "*" in settings["known_as"] else f"\nIt answers only under: {', '.join(settings['known_as'])}"
            say(f"\nThe page is ready: {address}{only}\nCtrl+C stops it.\n")
        code = server.wait()
        return code if code >= 0 else 128 - code  # ended by a signal: said as a shell says it
    except KeyboardInterrupt:
        stop(server)
        say("\nStopped.")
        return Exit.OK


def stop_as_interrupted(*_: object) -> None:
    """A request to end is taken as Ctrl+C is."""
    raise KeyboardInterrupt


def wait_until_ready(server: "subprocess.Popen[bytes]", settings: "dict[str, Any]") -> bool:
    """Whether the server answers that it is ready, before it ends or the time is up."""
    until = time.monotonic() + READY_SECONDS
    while server.poll() is None and time.monotonic() < until:
        if answers(settings):
            return True
        time.sleep(0.2)
    return False


def answers(settings: "dict[str, Any]") -> bool:
    """One try at /readyz, without any proxy and under a name that the server answers to."""
    known_as = [*settings["known_as"], "*"][0]
    headers = {} if known_as == "*" else {"Host": known_as.replace("*", "www")}
    connection = http.client.HTTPConnection(ports.reachable(settings["host"]), settings["port"], timeout=5)
    try:
        connection.request("GET", "/readyz", headers=headers)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def stop(server: "subprocess.Popen[bytes]", patience: float = 3.0) -> None:
    """Ctrl+C reaches the server too, so it is given a moment; then it is told, and at last ended."""
    for seconds, push in ((patience, server.terminate), (3 * patience, server.kill)):
        try:
            server.wait(timeout=seconds)
            return
        except subprocess.TimeoutExpired:
            push()
    server.wait()


if __name__ == "__main__":
    sys.exit(told(main))
