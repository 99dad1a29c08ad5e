"""What Python's garbage collector is told: a start makes hundreds of thousands of objects, and hardly one of them is garbage."""

from __future__ import annotations

import gc

LOOKED_AFTER = 100_000  # objects made; after 700, as by default, looking for garbage took a fifth of a start


def look_seldom() -> None:
    """To be called before anything is imported that takes long."""
    gc.set_threshold(LOOKED_AFTER)


def look_past_what_is_kept() -> None:
    """Nothing that is there now is looked through again, nor at the end: to be called once the service is ready."""
    gc.freeze()
