"""The parts in a browser: at both widths, in every look, nothing runs out of the window and axe finds nothing."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest
from django.urls import reverse

from bihuan.desk import steps
from tests import browser

PAGES = ("core:gallery", "core:feedback", "core:feedback_list")
LOOKS = {"plain": {}, "big": {"big_type": True}, "night": {"night": True}, "both": {"big_type": True, "night": True}}


@pytest.mark.browser
def test_pages_fit_and_are_sound_in_every_look(
    served: browser.Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rings = (steps.DONE, steps.DOING, steps.SET, *[steps.SHUT] * 6)
    year = [steps.StepView(code=str(n), name=f"第{n}样", ring=ring) for n, ring in enumerate(rings, 1)]
    monkeypatch.setattr(steps, "thread", lambda seat: year)
    pictures = Path(os.environ.get("BIHUAN_PICTURES", tmp_path))
    account = served.cast.secretary.account
    found: dict[str, object] = {}
    with browser.chromium() as chromium:
        for (look, wishes), width in itertools.product(LOOKS.items(), (browser.WIDE, browser.NARROW)):
            type(account).objects.filter(pk=account.pk).update(**{"big_type": False, "night": False} | wishes)
            with browser.page_of(chromium, width=width) as page:
                served.wear(page, served.cast.secretary)
                for name in PAGES:
                    answer = page.goto(served.url + reverse(name))
                    assert answer is not None
                    assert answer.status == 200
                    browser.shoot(page, pictures / f"{name.split(':')[1]}-{width}-{look}.png")
                    if wrong := [*browser.wrongs(page), *(["sideways"] if browser.sideways(page) else [])]:
                        found[f"{name} {width} {look}"] = wrong
    assert found == {}
