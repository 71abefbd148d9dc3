"""What may be typed when a problem is handed up, and when the answer comes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from bihuan.core.forms import DayField, HouseForm, RecordChoice


class HandUpForm(HouseForm):
    to = RecordChoice(label="报给哪一级")
    reason = forms.CharField(
        label="为什么支部自己解决不了", max_length=1000, widget=forms.Textarea, help_text="写清缺什么、要上级定什么"
    )
    paper_no = forms.CharField(label="文号", max_length=60, required=False, help_text="有文件的写，没有的空着")
    on = DayField(label="哪一天报的")

    def __init__(self, *args: Any, superiors: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("to", RecordChoice).offer(superiors)
        day = self.field("on", DayField)
        day.not_after = day.initial = today


class UpAnswerForm(HouseForm):
    answer = forms.CharField(label="上级怎么答复的", max_length=1000, widget=forms.Textarea, help_text="照收到的写")
    on = DayField(label="哪一天答复的")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = self.field("on", DayField)
        day.not_after = day.initial = today
