"""What the gallery shows: each part in each state. Its words are about the parts, not about any branch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from bihuan.core.access import YES, Stale, Verdict
from bihuan.core.forms import DayField, HouseForm, PaperField, PeopleChoice, PersonChoice
from bihuan.core.ui.rings import RINGS


@dataclass(frozen=True)
class Somebody:
    """A stand-in for a person of a roster."""

    pk: str
    name: str

    def __str__(self) -> str:
        return self.name


ROSTER = (Somebody("a", "甲"), Somebody("b", "乙"), Somebody("c", "丙"))


class SampleForm(HouseForm):
    """One field of every kind."""

    action = forms.CharField(label="措施", max_length=40, help_text="谁来做，做什么")
    due = DayField(label="到哪天做完")
    owner = PersonChoice(label="责任人")
    helpers = PeopleChoice(label="协同", required=False)
    answer = forms.ChoiceField(
        label="今年怎么样了",
        widget=forms.RadioSelect,
        choices=[(w, w) for w in ("完成", "基本完成", "持续推进", "未完成")],
    )
    reason = forms.CharField(label="理由", required=False, widget=forms.Textarea)
    tell = forms.BooleanField(label="也告诉提出这个问题的人", required=False)
    file = PaperField(label="佐证", required=False, suffixes=(".docx", ".pdf", ".jpg", ".png"))


@dataclass(frozen=True)
class _Kept:
    """A record as a second tab left it."""

    action: str
    owner: Somebody
    version: int = 4


_WRONG: MultiValueDict[str, str] = MultiValueDict({"wrong-action": ["字" * 41], "wrong-due": ["2026年2月30日"]})


def samples(today: date) -> dict[str, Any]:
    """The gallery's context."""
    return {
        "words": list(RINGS),
        "allowed": YES,
        "forbidden": Verdict(("您是责任人，自己不能核验自己", "请没有参与整改的同志核验")),
        "blank": SampleForm(roster=ROSTER, prefix="blank"),
        "wrong": SampleForm(
            MultiValueDict({"wrong-action": ["字" * 41], "wrong-due": ["2026年2月30日"]}), roster=ROSTER, prefix="wrong"
        ),
        "stale": _stale(today),
        "near": today + timedelta(days=3),
        "far": today + timedelta(days=20),
        "late": today - timedelta(days=9),
        "past_year": today.replace(year=today.year - 1, day=1),
    }


def _stale(today: date) -> SampleForm:
    written = {"action": ["这一页里写的话"], "due": [today.isoformat()], "owner": ["a"], "answer": ["完成"]}
    form = SampleForm(MultiValueDict({f"stale-{k}": v for k, v in written.items()}), roster=ROSTER, prefix="stale")
    if form.is_valid():
        form.show_stale(Stale(_Kept("另一页里存下的话", ROSTER[1])))
    return form
