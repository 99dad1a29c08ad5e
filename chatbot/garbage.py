"""What Python's garbage collector is told: a start makes hundreds of thousands of objects, and hardly one of them is garbage."""

from __future__ import annotations

import gc

_AS_EVER = gc.get_threshold()
LOOKED_AFTER = 100_000  # objects made; after 700, as by default, looking for garbage took a fifth of a start


def look_seldom() -> None:
    """While the service starts, or for as long as a command runs that ends by itself."""
    gc.set_threshold(LOOKED_AFTER)


def look_past_what_is_kept() -> None:
    """Once the service is ready: look as often as ever, but never again through what the start has made, nor at the end."""
    gc.freeze()
    gc.set_threshold(*_AS_EVER)
