"""Two plots of a run as small SVG files, drawn by hand: the same bytes for the same figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from scripts.benchmarking.measuring import OURS

WIDTH, LEFT, RIGHT, ROW = 720, 130, 90, 24
INK, MUTED, OWN, OTHER = "#222222", "#666666", "#1f4e79", "#b9c7d6"

_PANELS = (
    ("cold_seconds", "cold start to first answer, seconds", 2),
    ("p50", "median latency, ms", 1),
    ("megabytes", "peak memory, MB", 0),
)


def peers_plot(run: Mapping[str, Any]) -> str:
    """Three groups of bars, one contestant to a bar; shorter is better."""
    held = {name: figures for name, figures in run["contestants"].items() if "failed" not in figures}
    parts: list[str] = []
    top = 30
    for what, title, digits in _PANELS:
        parts.append(_text(LEFT, top - 8, title, INK, "start", bold=True))
        most = max(figures[what]["median"] for figures in held.values())
        for name, figures in held.items():
            value = figures[what]["median"]
            wide = (WIDTH - LEFT - RIGHT) * value / most
            parts += [
                _text(LEFT - 8, top + 15, name, INK, "end"),
                f'<rect x="{LEFT}" y="{top + 3}" width="{wide:.1f}" height="16" fill="{OWN if name == OURS else OTHER}"/>',
                _text(LEFT + wide + 6, top + 15, f"{value:.{digits}f}", INK, "start"),
            ]
            top += ROW
        top += 34
    return _drawing("Cold start, latency and memory beside others; shorter is better", top, parts)


def growth_plot(run: Mapping[str, Any]) -> str:
    """Median and 95th percentile over the number of statements, the latter on a logarithmic scale."""
    rows: Sequence[Mapping[str, Any]] = run["growth"]
    ours = run["contestants"][OURS]
    points = [(run["statements"], ours["p50"]["median"], ours["p95"]["median"])]
    points += [(row["statements"], row["p50"]["median"], row["p95"]["median"]) for row in rows]
    most = max(point[2] for point in points)
    parts: list[str] = []
    for place, (statements, p50, p95) in enumerate(points):
        x = 90 + place * (WIDTH - 180) / max(1, len(points) - 1)
        for value, colour in ((p50, OWN), (p95, OTHER)):
            y = 260 - 200 * value / most
            parts += [
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{colour}"/>',
                _text(x + 10, y + 4, f"{value:.1f} ms", INK, "start"),
            ]
        parts.append(_text(x, 290, f"{statements:,}", MUTED, "middle"))
    parts.append(_text(WIDTH / 2, 316, "statements", MUTED, "middle"))
    parts.append(_text(90, 30, "dark: median; light: 95th percentile", MUTED, "start"))
    return _drawing("Latency of an answer by size of the corpus", 330, parts)


def _text(x: float, y: float, text: str, colour: str, anchor: str, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}"{weight}>{escape(text)}</text>'


def _drawing(title: str, height: float, parts: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" height="{height:.0f}" '
        f'role="img" aria-label="{escape(title)}" font-family="sans-serif" font-size="13">'
    )
    return "\n".join([head, f'<rect width="{WIDTH}" height="{height:.0f}" fill="#ffffff"/>', *parts, "</svg>"]) + "\n"
