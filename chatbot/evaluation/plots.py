"""Plots as small SVG files, drawn by hand: no plotting library, the same bytes for the same figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

Figure = Mapping[str, float]

WIDTH, LEFT, RIGHT, TOP, ROW = 720, 230, 60, 48, 26
INK, MUTED, GRID, BAR, FIRST, SECOND = "#222222", "#666666", "#dddddd", "#8fb3d9", "#1f4e79", "#b5651d"  # told apart in grey, too


def bars(title: str, rows: Sequence[tuple[str, Figure]]) -> str:
    """Shares as horizontal bars with their confidence intervals, in per cent."""
    height = TOP + ROW * len(rows) + 36
    parts = _scale(len(rows))
    for number, (label, figure) in enumerate(rows):
        middle = TOP + ROW * number + ROW / 2
        parts += [
            _text(LEFT - 8, middle + 4, label, anchor="end"),
            f'<rect x="{LEFT}" y="{middle - 7:.1f}" width="{_x(figure["value"]) - LEFT:.1f}" height="14" fill="{BAR}"/>',
            _line(_x(figure["low"]), middle, _x(figure["high"]), middle, INK, 2),
            _line(_x(figure["low"]), middle - 4, _x(figure["low"]), middle + 4, INK, 2),
            _line(_x(figure["high"]), middle - 4, _x(figure["high"]), middle + 4, INK, 2),
            _text(WIDTH - RIGHT + 8, middle + 4, f"{100 * figure['value']:.1f}"),
        ]
    return _drawing(title, height, parts)


def curves(title: str, across: str, up: str, lines: Mapping[str, Sequence[tuple[float, float]]], widest: float) -> str:
    """Lines of points in per cent; ``across`` runs from 0 to ``widest``, ``up`` from 0 to 100."""
    height, left, bottom = 380, 70, 320
    wide, high = WIDTH - left - 40, bottom - TOP
    parts = []
    for step in range(0, 101, 20):
        y = bottom - high * step / 100
        parts += [_line(left, y, left + wide, y, GRID), _text(left - 8, y + 4, str(step), anchor="end")]
    for share in range(0, int(widest) + 1, 5):
        parts.append(_text(left + wide * share / widest, bottom + 18, str(share), anchor="middle"))
    for (name, points), colour in zip(lines.items(), (FIRST, SECOND), strict=False):
        placed = [(left + wide * x / widest, bottom - high * y / 100) for x, y in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in placed]
        parts.append(_text(placed[-1][0], placed[-1][1] + 20, name, anchor="end", colour=colour))
    parts += [_text(left + wide / 2, bottom + 42, across, anchor="middle"), _text(left, TOP - 10, up, colour=MUTED)]
    return _drawing(title, height, parts)


def _scale(rows: int) -> list[str]:
    bottom = TOP + ROW * rows
    return [
        part
        for step in (0, 20, 40, 60, 80, 100)
        for part in (
            _line(_x(step / 100), TOP, _x(step / 100), bottom, GRID),
            _text(_x(step / 100), bottom + 18, str(step), anchor="middle", colour=MUTED),
        )
    ]


def _x(share: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * share


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width}"/>'


def _text(x: float, y: float, words: str, *, anchor: str = "start", colour: str = INK) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'


def _drawing(title: str, height: float, parts: Sequence[str]) -> str:
    # A white ground of its own: the page that shows it may be dark.
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" '
        f'font-family="sans-serif" font-size="13">'
    )
    ground = f'<title>{escape(title)}</title><rect width="{WIDTH}" height="{height}" fill="#ffffff"/>'
    heading = f'<text x="12" y="22" font-size="15" font-weight="bold" fill="{INK}">{escape(title)}</text>'
    return "\n".join([opening, ground, heading, *parts, "</svg>"]) + "\n"
