"""What the garbage collector is told while a service starts is taken back once it is ready."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from chatbot.garbage import LOOKED_AFTER, look_past_what_is_kept, look_seldom


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    threshold = gc.get_threshold()
    yield
    gc.set_threshold(*threshold)
    gc.unfreeze()


def test_it_looks_seldom_while_the_service_starts_and_as_ever_afterwards() -> None:
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    look_seldom()
    assert gc.get_threshold()[0] == LOOKED_AFTER > before[0]
    look_past_what_is_kept()
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() > frozen, "what a start has made is never looked through again"
