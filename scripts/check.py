"""What CI runs before the tests: ruff's rules, ruff's layout, mypy's types. All three run; the first failure counts."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKS = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",))


def main(python: str = sys.executable, root: Path = ROOT) -> int:
    """The exit code of the first check that failed, 0 when none did."""
    first = 0
    for check in CHECKS:
        print(f"$ {' '.join(check)}", flush=True)
        code = subprocess.call([python, "-m", *check], cwd=root)
        first = first or code
    return first


if __name__ == "__main__":
    sys.exit(main())
