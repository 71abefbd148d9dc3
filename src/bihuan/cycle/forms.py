"""What people type about a year: its notice, its numbers, its beginning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from bihuan.core.access import Stale
from bihuan.core.forms import MESSAGES, DayField, HouseForm, PaperField, PersonChoice, StaleRow
from bihuan.cycle import rules
from bihuan.cycle.actions import Planned
from bihuan.cycle.models import CycleKind, Notice, Step, Subject
from bihuan.cycle.plan import STEPS
from bihuan.cycle.policy import BASES, Policy, ratio_words, read_ratio
from bihuan.cycle.queries import NoticePage
from bihuan.org.models import Person


def _lines(label: str, hint: str) -> forms.CharField:
    """A field of aspects, one a line."""
    area = forms.Textarea(attrs={"rows": "6"})
    return forms.CharField(label=label, help_text=hint, max_length=4000, required=False, widget=area)


class NoticeForm(HouseForm):
    """A year's notice, as its paper says it."""

    issuer = forms.CharField(label="哪个单位发的", max_length=100)
    number = forms.CharField(
        label="文号", max_length=60, required=False, help_text="年份用什么括号打都行，存的时候换成六角括号〔〕"
    )
    title = forms.CharField(label="通知的标题", max_length=200, required=False)
    theme = forms.CharField(label="组织生活会的主题", max_length=300, required=False)
    report_due = DayField(label="情况报告哪天以前报", required=False)
    committee = _lines("班子的对照方面", "一行写一个方面，照通知的原话")
    members = _lines("党员的对照方面", "和班子的分开写，一行一个方面")
    file = PaperField(label="通知原件", required=False, help_text="扫描件、照片或者电子版，没有可以不传")
    pack = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    compared = forms.BooleanField(label="已经对着本支部收到的通知看过、改过，不再标示例", required=False)

    def __init__(self, *args: Any, pack: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not (pack or self.data.get("pack")):
            del self.fields["compared"]

    def clean_number(self) -> str:
        return rules.mend_number(self.cleaned_data["number"])

    def show_stale(self, stale: Stale) -> None:
        super().show_stale(stale)
        if not isinstance(stale.subject, Notice):
            return
        kept = list(stale.subject.aspects.all())
        for name, subject in (("committee", Subject.COMMITTEE), ("members", Subject.MEMBERS)):
            now = [aspect.text for aspect in kept if aspect.subject == subject]
            written = rules.lines_of(self.cleaned_data.get(name, ""))
            if now != written:
                self.stale_rows.append(StaleRow(str(self[name].label), "；".join(now), "；".join(written)))

    def given(self) -> dict[str, Any]:
        """What was typed, as `receive_notice` takes it (without the file)."""
        typed = self.cleaned_data
        kept = {name: typed[name] for name in ("issuer", "number", "title", "theme", "report_due")}
        aspects = {
            Subject.COMMITTEE.value: rules.lines_of(typed["committee"]),
            Subject.MEMBERS.value: rules.lines_of(typed["members"]),
        }
        return {**kept, "aspects": aspects, "pack": "" if typed.get("compared") else typed["pack"]}


def filled(page: NoticePage) -> dict[str, Any]:
    """The form's beginning: what is kept."""
    notice = page.notice
    known = {} if notice is None else {
        name: getattr(notice, name) for name in ("issuer", "number", "title", "theme", "report_due")
    }  # fmt: skip
    return {**known, "committee": "\n".join(page.committee), "members": "\n".join(page.members), "pack": page.pack}


@dataclass(frozen=True)
class PlanLine:
    """One step of the plan: its name, its two fields, and the version that the page shows."""

    code: str
    name: str
    due: BoundField
    owner: BoundField
    seen: int


class PlanForm(HouseForm):
    """All steps of a year at once: a day and a person each, both may stay blank."""

    def __init__(self, *args: Any, kept: Mapping[str, Step], people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept
        left = [step.owner for step in kept.values() if step.owner and step.owner not in people]
        for code, name in STEPS.items():
            step = kept.get(code)
            due = DayField(label=f"{name}，哪天以前", required=False, initial=step.due if step else None, help_text="")
            owner = PersonChoice(
                label=f"{name}，谁照看", required=False, nothing="没有定", offered=[*people, *left],
                initial=step.owner if step else None,
            )  # fmt: skip
            self.fields |= {f"due-{code}": due, f"owner-{code}": owner}
            due.widget.attrs |= {"class": "input day-input", "autocomplete": "off"}
            owner.widget.attrs["class"] = "input"
            owner.error_messages |= MESSAGES

    def lines(self) -> Iterator[PlanLine]:
        """The steps in order, for the page."""
        for code, name in STEPS.items():
            step = self.kept.get(code)
            yield PlanLine(code, name, self[f"due-{code}"], self[f"owner-{code}"], step.version if step else 0)

    def planned(self) -> list[Planned]:
        """What was typed, as `set_plan` takes it."""
        return [self._planned(code) for code in STEPS]

    def _planned(self, code: str) -> Planned:
        owner, seen = self.cleaned_data[f"owner-{code}"], str(self.data.get(f"seen-{code}", ""))
        due = self.cleaned_data[f"due-{code}"]
        return Planned(code, due, owner.pk if owner else None, int(seen) if seen.isdecimal() else -1)

    def show_stale(self, stale: Stale) -> None:
        super().show_stale(stale)
        step = stale.subject
        if isinstance(step, Step):
            due, owner = (self.cleaned_data[f"{part}-{step.code}"] for part in ("due", "owner"))
            written = Step(code=step.code, due=due, owner=owner)
            self.stale_rows.append(StaleRow(str(step), step.words, written.words))


class PolicyForm(HouseForm):
    """The numbers of one year, each with where it comes from."""

    excellent_ratio = forms.CharField(
        label="优秀等次的比例", max_length=12,
        help_text="民主评议党员的要求是一般不超过三分之一，写1/3；上级另有规定的照规定写，例如15%",
    )  # fmt: skip
    excellent_base = forms.ChoiceField(
        label="比例按谁算", widget=forms.RadioSelect, choices=[(base, base) for base in BASES],
        help_text="一般按组织关系在本支部的正式党员，预备党员不算；有的上级要求按参评党员",
    )  # fmt: skip
    closing_needs_meeting = forms.BooleanField(
        label="问题销号要由会议决定", required=False,
        help_text="《中国共产党支部工作条例（试行）》第十二条：重要事项一般由支委会研究。没有支委会的，由党员大会决定",
    )  # fmt: skip
    approval_needs_meeting = forms.BooleanField(
        label="情况报告要由会议通过", required=False,
        help_text="报告以支部名义报出，一般先由支委会通过，依据同上",
    )  # fmt: skip
    report_length = forms.IntegerField(
        label="情况报告超过多少字提醒",
        min_value=500,
        max_value=50000,
        help_text="只提醒，不拦；整治形式主义要求少发长文",
    )
    lookback_months = forms.IntegerField(
        label="销号满几个月回头看", min_value=1, max_value=36, required=False,
        help_text="上级或支委会有要求的照着写；空着就不抽",
    )  # fmt: skip
    lookback_sample = forms.IntegerField(
        label="回头看一次抽几条", min_value=1, max_value=50, required=False, help_text="和上面一格一起写，空着就不抽"
    )

    def clean_excellent_ratio(self) -> Fraction:
        ratio = read_ratio(self.cleaned_data["excellent_ratio"])
        if ratio is None:
            raise ValidationError("请写成1/3或者15%这样，大于0，不超过1。")
        return ratio

    def policy(self) -> Policy:
        typed = self.cleaned_data
        return Policy(
            excellent_ratio=typed["excellent_ratio"],
            excellent_base=typed["excellent_base"],
            closing_needs_meeting=typed["closing_needs_meeting"],
            approval_needs_meeting=typed["approval_needs_meeting"],
            report_length=typed["report_length"],
            lookback_months=typed["lookback_months"],
            lookback_sample=typed["lookback_sample"],
        )


def written(policy: Policy) -> dict[str, Any]:
    """The form's beginning: the numbers now in force."""
    return {
        "excellent_ratio": ratio_words(policy.excellent_ratio),
        "excellent_base": policy.excellent_base,
        "closing_needs_meeting": policy.closing_needs_meeting,
        "approval_needs_meeting": policy.approval_needs_meeting,
        "report_length": policy.report_length,
        "lookback_months": policy.lookback_months,
        "lookback_sample": policy.lookback_sample,
    }


class OpenForm(HouseForm):
    """The beginning of a year, or of a 专题 within one."""

    year = forms.IntegerField(
        label="哪个年度", min_value=2000, max_value=2100, help_text="年度不是开会的那一年：2025年度的会，多在2026年初开"
    )
    kind = forms.ChoiceField(
        label="是哪一种", widget=forms.RadioSelect,
        choices=[(CycleKind.YEARLY, "一年一次的组织生活会"), (CycleKind.SPECIAL, "另开的专题组织生活会")],
    )  # fmt: skip
