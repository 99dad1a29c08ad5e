"""Measure speed and size of this product, and of others beside it, in one run on this machine.

    python scripts/benchmark.py [--peers [NAMES]] [--sizes 1000,10000] [--work FOLDER] [--resume] [--json FILE] [--write FOLDER]

Without options it takes a few minutes and prints the report. ``--peers`` makes an environment of its own for each of
the others (several GB in all, kept in the work folder). Figures are kept after each step: a run that was stopped is taken up
where it was with ``--resume``.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> int:
    """0 when the run is complete, 1 where there is none to take up."""
    from rich.console import Console

    from scripts.benchmarking.keeping import save
    from scripts.benchmarking.measuring import Plan, measured
    from scripts.benchmarking.plots import growth_plot, peers_plot
    from scripts.benchmarking.reporting import page

    given = arguments()
    console = Console(stderr=True, highlight=False)
    try:
        run = measured(Plan(given.work.resolve(), ROOT / "corpus", given.peers, given.sizes, console.print), given.resume)
    except ValueError as error:
        console.print(str(error))
        return 1
    if given.json is not None:
        save(given.json, run)
    if given.write is not None:
        (given.write / "benchmark.md").write_text(page(run), encoding="utf-8")
        (given.write / "benchmark-peers.svg").write_text(peers_plot(run), encoding="utf-8")
        if run["growth"]:
            (given.write / "benchmark-growth.svg").write_text(growth_plot(run), encoding="utf-8")
    print(page(run))
    return 0


def sizes(text: str) -> tuple[int, ...]:
    """Numbers of statements, as ``1000,10000``."""
    return tuple(int(part) for part in text.split(",") if part)


def peers(text: str) -> tuple[str, ...]:
    """Names of peers, as ``bare,txtai``.

    Raises:
        argparse.ArgumentTypeError: naming those that there is no program for.
    """
    from scripts.benchmarking.environments import packages

    named = tuple(part for part in text.split(",") if part)
    unknown = [name for name in named if name not in packages()]
    if unknown:
        raise argparse.ArgumentTypeError(f"no peer is called {', '.join(unknown)}; there are {', '.join(packages())}")
    return named


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    from scripts.benchmarking.environments import packages

    parser = argparse.ArgumentParser(description="Measure speed and size, of this product and of others beside it.")
    parser.add_argument(
        "--peers",
        type=peers,
        nargs="?",
        default=(),
        const=",".join(packages()),
        metavar="NAME,NAME",
        help=f"also the others, each in an environment of its own: {', '.join(packages())}",
    )
    parser.add_argument("--sizes", type=sizes, default=(1000,), metavar="N,N", help="statements of generated corpora (1000)")
    parser.add_argument("--work", type=Path, default=ROOT / ".benchmark", metavar="FOLDER", help="where to keep what is made")
    parser.add_argument("--resume", action="store_true", help="take up the run that was stopped in the work folder")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write the report and its plots")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
