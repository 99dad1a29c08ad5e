"""Ten minutes of school-news-day traffic against a running service: quiet, then twenty times as many, then quiet again.

    python scripts/load_test.py [--minutes 10] [--quiet-rate 2] [--json FILE]

Starts ``serve --no-chat`` on a free port with the published index, sends distinct questions over kept-open connections at
the times they are due, whether or not earlier ones were answered, and watches the server's memory. Linux only.
"""

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> int:
    """0 where nothing failed that may not fail; 1 with what did."""
    from scripts.benchmarking.loading import Traffic, judged, run

    given = arguments()
    figures = run(Traffic(60 * given.minutes, given.quiet_rate), print)
    if given.json is not None:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({name: value for name, value in figures.items() if name != "by_second"}, indent=1))
    faults = judged(figures)
    print("\n".join(faults) if faults else "Nothing failed, memory stayed, and the median was back in time.")
    return 1 if faults else 0


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description="School-news-day traffic against the service.")
    parser.add_argument("--minutes", type=float, default=10.0, help="how long in all; half a minute at least (10)")
    parser.add_argument("--quiet-rate", type=float, default=2.0, help="questions a second before and after the burst (2)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
