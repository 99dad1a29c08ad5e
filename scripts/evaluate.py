"""Put the cases to the service and report how it did.

    python scripts/evaluate.py [--cases NAME] [--ablations] [--public FOLDER] [--previous FILE] [--json FILE]
                               [--scoreboard FOLDER] [--check] [--set-thresholds]

Opens the published index; build it first with ``ascl-chat index build``.
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

CASES = ("held-out", "development", "unseen-documents")


def main() -> int:
    """0, 1 where a figure is beyond its threshold and ``--check`` was given, 2 for what cannot be used.

    Where corpus, index or model are refused it is what ``ascl-chat`` ends with.
    """
    import typer
    from rich.console import Console

    from chatbot.console import told
    from chatbot.evaluation.cases import FOLDER
    from chatbot.evaluation.evaluating import evaluate
    from chatbot.evaluation.limits import limits_under, shortfalls, thresholds_of
    from chatbot.evaluation.reporting import difference
    from chatbot.evaluation.scoreboard import write_scoreboard
    from chatbot.evaluation.tables import print_difference, print_report

    given = arguments()
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    try:
        with told():
            report = evaluate(FOLDER / f"{given.cases}.jsonl", given.ablations, given.public, Console(stderr=True).print)
    except typer.Exit as refused:  # the sentence has been said
        return refused.exit_code
    print_report(report, console)
    if given.previous is not None:
        print_difference(difference(json.loads(given.previous.read_text(encoding="utf-8")), report), console)
    if given.json is not None:
        given.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    if given.scoreboard is not None:
        write_scoreboard(report, given.scoreboard)
    if given.set_thresholds:
        thresholds_of(given.cases).write_text(json.dumps(limits_under(report), indent=1) + "\n", encoding="utf-8")
    if not given.check:
        return 0
    held_to = thresholds_of(given.cases)
    if not held_to.is_file():
        print(f"No thresholds are set for these cases; set them with: --cases {given.cases} --set-thresholds", file=sys.stderr)
        return 2
    beyond = shortfalls(report, json.loads(held_to.read_text(encoding="utf-8")))
    print("\n".join(beyond) if beyond else "Every figure is within its threshold.")
    return 1 if beyond else 0


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description="Put the cases to the service and report how it did.")
    parser.add_argument("--cases", default="held-out", choices=CASES, help="which cases; tune on none")
    parser.add_argument("--ablations", action="store_true", help="also with one part taken away at a time")
    parser.add_argument("--public", type=Path, metavar="FOLDER", help="also the public sets of this folder")
    parser.add_argument("--previous", type=Path, metavar="FILE", help="say what differs from this earlier report")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the report")
    parser.add_argument("--scoreboard", type=Path, metavar="FOLDER", help="write scoreboard.md and its plots")
    parser.add_argument("--check", action="store_true", help="fail where a figure is beyond its threshold")
    parser.add_argument("--set-thresholds", action="store_true", help="set every threshold one case under what was measured")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
