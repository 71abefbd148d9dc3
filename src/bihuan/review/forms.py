"""What may be typed about a manuscript: the paper itself, better words for a sentence, why a remark is set aside."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from bihuan.core.forms import HouseForm, PaperField
from bihuan.review.reading import MOST_CHARACTERS
from bihuan_text.endings import READ


class FileForm(HouseForm):
    file = PaperField(label="要查的材料", suffixes=READ, help_text="Word、WPS、有文字的 PDF、网页或文本文件")


class PasteForm(HouseForm):
    pasted = forms.CharField(
        label="把文字粘贴在这里", max_length=MOST_CHARACTERS, strip=False, widget=forms.Textarea(attrs={"rows": "8"})
    )

    def clean_pasted(self) -> str:
        pasted: str = self.cleaned_data["pasted"].replace("\r\n", "\n")
        if not pasted.strip():
            raise ValidationError("没有内容，请粘贴要查的文字。")
        return pasted


class SentenceForm(HouseForm):
    words = forms.CharField(
        label="这一句", max_length=2000, required=False, strip=False, widget=forms.Textarea(attrs={"rows": "4"}),
        help_text="就在这里改。全删去，就是不要这一句",
    )  # fmt: skip

    def clean_words(self) -> str:
        return "".join(str(self.cleaned_data["words"]).splitlines())


class AsideForm(HouseForm):
    reason = forms.CharField(
        label="为什么这次不算", max_length=200,
        help_text="只和这份材料存在一起，别人看不到。一字不差的同样几处，一起不算",
    )  # fmt: skip
