"""What may be typed about people, posts and accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from bihuan.core.forms import MESSAGES, DayField, HouseForm, PaperField, RecordChoice
from bihuan.org import signing
from bihuan.org.models import (
    COMMITTEE_TITLES,
    OFFICES,
    Account,
    Came,
    MemberKind,
    Org,
    Person,
    StandingKind,
    Tie,
    Title,
    Went,
)

if TYPE_CHECKING:
    from bihuan.org.queries import Member


class SignInForm(HouseForm):
    login = forms.CharField(label="登录名", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label="密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class NewPasswordForm(HouseForm):
    password = forms.CharField(
        label="新密码",
        strip=False,
        help_text="至少10个字，不能全是数字，不能是最近用过的；用一句自己记得住的话最好。",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="再写一遍", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        if signing.used_before(self.account, password):
            raise ValidationError("这个密码现在用着或者最近用过，请换一个。")
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password") and cleaned.get("password") != cleaned.get("again"):
            self.add_error("again", "两遍写的不一样，请再写一遍。")
        return cleaned


class BranchForm(HouseForm):
    name = forms.CharField(label="支部的全称", max_length=100, help_text="写全称，报告的落款就用它")
    superior = forms.CharField(
        label="上级党组织的全称", max_length=100, help_text="情况报告报给谁，就写谁，如“中共××镇委员会”"
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("name") and cleaned.get("name") == cleaned.get("superior"):
            self.add_error("superior", "上级不能是支部自己，请写上一级党组织。")
        return cleaned


class PasteForm(HouseForm):
    """A table, as a workbook or pasted. What was read of a workbook is carried as text from here on; the file is not kept."""

    table = PaperField(
        label="传一个表格文件", required=False, suffixes=(".xlsx",),
        help_text="标题行、合并的格子都不要紧；看过就放下，不留文件",
    )  # fmt: skip
    roster = forms.CharField(
        label="或者从表格里选中几列，复制，在这里粘贴",
        required=False,
        strip=False,  # the number of a line is the number of its row
        help_text="有“姓名”和“党员类别”两列就行，列的先后不要紧。身份证号系统不收，读到会略去。",
        widget=forms.Textarea(attrs={"rows": 8, "class": "ruled"}),
        max_length=400_000,
    )
    complete = forms.BooleanField(
        label="这张表是全部名册",
        required=False,
        help_text="勾上才会问：名册上有、表里没有的人，是不是走了",
    )
    since = DayField(
        label="变动从哪天算起", required=False, help_text="换职务、转正没写日子的、走了的，都从这天算；空着就是今天"
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("since", DayField).not_after = today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("table") and not (cleaned.get("roster") or "").strip() and not self.errors:
            self.add_error("roster", "请传一个表格文件，或者把名册贴在这里。")
        return cleaned


class OnForm(HouseForm):
    on = DayField(label="看哪一天的名册", required=False, help_text="空着就是今天")


class MemberForm(HouseForm):
    name = forms.CharField(label="姓名", max_length=40)
    kind = forms.ChoiceField(label="党员类别", choices=MemberKind.choices, widget=forms.RadioSelect)
    joined_party_on = DayField(label="入党日期", required=False)
    since = DayField(label="哪天起在本支部", required=False, help_text="不清楚就空着，写作“原来就在”")
    tie = forms.ChoiceField(label="和本支部的关系", choices=Tie.choices, initial=Tie.RELATION)
    came_by = forms.ChoiceField(
        label="怎么来的",
        choices=[("", "原来就在"), *((c, c) for c in Came.values if c != Came.MADE_FULL)],
        required=False,
    )
    came_paper = forms.CharField(
        label="介绍信或文件号", max_length=60, required=False, help_text="转入的写介绍信号，没有就空着"
    )
    mark = forms.CharField(label="区别", max_length=40, required=False, help_text="有同名的人才要写")


class EndForm(HouseForm):
    until = DayField(label="最后一天", help_text="这一天还算在本支部，第二天起不算；应到人数跟着变")
    went_by = forms.ChoiceField(
        label="怎么走的",
        choices=[(w, w) for w in Went.values if w != Went.MADE_FULL],
        widget=forms.RadioSelect,
    )
    paper_no = forms.CharField(label="介绍信或决定的文号", max_length=60, required=False, help_text="没有文号的空着")


class FullForm(HouseForm):
    on = DayField(label="转正的日子")


class StandingForm(HouseForm):
    kind = forms.ChoiceField(label="情形", choices=StandingKind.choices)
    reason = forms.CharField(label="理由", max_length=200)
    since = DayField(label="从哪天起")
    until = DayField(label="到哪天止", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("since") and cleaned.get("until") and cleaned["until"] < cleaned["since"]:
            self.add_error("until", "止的日子早于起的日子，请改一改。")
        return cleaned


class UntilForm(HouseForm):
    until = DayField(label="到哪天为止", help_text="这一天还不计入应到，第二天起计入")


class OfficeForm(HouseForm):
    capacity = forms.ChoiceField(label="给哪一员", choices=[(c, c) for c in OFFICES], widget=forms.RadioSelect)
    login = forms.CharField(
        label="登录名", max_length=60, help_text="已有的账号写它的登录名；还没有账号的，写一个新的，会给一次性密码"
    )


class GroupsForm(HouseForm):
    names = forms.CharField(
        label="有哪几个党小组",
        required=False,
        help_text="一行写一个，如“第一党小组”；不分组就空着",
        widget=forms.Textarea(attrs={"rows": 3, "class": "ruled"}),
    )

    def clean_names(self) -> list[str]:
        names = [" ".join(line.split()) for line in self.cleaned_data["names"].splitlines() if line.strip()]
        if any(len(name) > 40 for name in names):
            raise ValidationError("党小组的名称最多40个字，请写短一些。")
        return names


class PostsForm(HouseForm):
    """One choice beside each name of the roster: the post, or none."""

    def __init__(self, *args: Any, people: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [("", "没有职务"), *((title, title) for title in Title.values if title in COMMITTEE_TITLES)]
        self.people = {f"post-{member.person.pk}": member.person for member in people}
        for member in people:
            held = next((title for title in member.titles if title in COMMITTEE_TITLES), "")
            self.fields[f"post-{member.person.pk}"] = forms.ChoiceField(
                label=str(member.person), choices=titles, required=False, initial=held,
                widget=forms.Select(attrs={"class": "input"}), error_messages=MESSAGES,
            )  # fmt: skip

    @property
    def wanted(self) -> dict[Person, str]:
        """Who is to hold which post; who is left out holds none."""
        return {person: self.cleaned_data[name] for name, person in self.people.items() if self.cleaned_data[name]}


class SeatForm(HouseForm):
    """One more seat here. `capacities`: those that this organisation gives; a single one is not asked for."""

    login = forms.CharField(label="登录名", max_length=60)
    capacity = forms.ChoiceField(label="在这里的身份")

    def __init__(self, *args: Any, capacities: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = capacities[0] if len(capacities) == 1 else ""
        self.field("capacity", forms.ChoiceField).choices = [("", "请选一项"), *((one, one) for one in capacities)]
        if self.only:
            del self.fields["capacity"]

    @property
    def given(self) -> dict[str, str]:
        """What was typed, as `give_seat` takes it."""
        return {"capacity": self.only, **self.cleaned_data}


class CapacityForm(HouseForm):
    """Another capacity for a seat."""

    capacity = forms.ChoiceField(label="身份", widget=forms.RadioSelect)

    def __init__(self, *args: Any, capacities: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("capacity", forms.ChoiceField).choices = [(one, one) for one in capacities]


class FirstClerkForm(HouseForm):
    """The first 上级经办 of an organisation above the branches."""

    org = RecordChoice(label="哪个上级党组织", help_text="列出的是还没有经办的")
    login = forms.CharField(
        label="登录名", max_length=60, help_text="已有的账号写它的登录名；还没有账号的，写一个新的，会给一次性密码"
    )

    def __init__(self, *args: Any, committees: Sequence[Org], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("org", RecordChoice).offer(committees)


class AccountForm(HouseForm):
    login = forms.CharField(label="登录名", max_length=60, help_text="用姓名拼音或工号，本人好记就行")
    capacity = forms.ChoiceField(
        label="身份",
        choices=[(title, title) for title in Title.values if title in COMMITTEE_TITLES] + [("党员", "党员")],
    )
    way = forms.ChoiceField(
        label="怎么交给本人",
        choices=[
            ("sheet", "打印一张纸，上面是一次性密码"),
            ("link", "发一个链接，本人打开定密码；七天有效，只能用一次"),
        ],
        widget=forms.RadioSelect,
        initial="sheet",
        required=False,
    )
