"""Whoever did something by mistake comes back: every verb is undone, written anew, asked about before, or final for a reason."""

from __future__ import annotations

import tomllib
from pathlib import Path

import bihuan.urls  # noqa: F401  loads every room, and so every verb
from bihuan.core.acting import VERBS
from tests.house.addresses import addresses

WAYS: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("way_back.toml").read_text("utf-8"))


def test_every_verb_has_its_way_back() -> None:
    told = [verb for verbs in WAYS.values() for verb in verbs]
    assert len(told) == len(set(told)), "told twice"
    assert set(VERBS) - set(told) == set(), "write into way_back.toml how somebody comes back from it"
    assert set(told) - set(VERBS) == set(), "no such verb any more"


def test_the_way_back_exists() -> None:
    names = {address.name for address in addresses()}
    assert set(WAYS["undo"].values()) <= set(VERBS)
    assert {*WAYS["again"].values(), *WAYS["asks"].values()} <= names
    assert all(len(why) >= 20 for why in WAYS["final"].values())


def test_none_is_without() -> None:
    assert WAYS["none"] == {}
