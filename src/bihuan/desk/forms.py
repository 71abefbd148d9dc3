"""What the first hour asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from bihuan.core.forms import HouseForm
from bihuan.org.forms import BranchForm
from bihuan.org.models import Person


class FirstBranchForm(BranchForm):
    year = forms.IntegerField(
        label="现在办的是哪个年度",
        min_value=2000,
        max_value=2100,
        help_text="开会多在次年1月到3月：2026年3月开的，是2025年度",
    )


class WhoAmIForm(HouseForm):
    person = forms.ModelChoiceField(Person._base_manager.none(), label="名册上的哪一位是您")

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("person", forms.ModelChoiceField).queryset = people
