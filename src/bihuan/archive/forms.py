"""What is asked when keeping: where a backup goes, and of which day the chain is read."""

from __future__ import annotations

from pathlib import Path

from django import forms

from bihuan.core.forms import DayField, HouseForm


class PlaceForm(HouseForm):
    place = forms.CharField(
        label="存到这台机器的哪个文件夹",
        help_text="优盘插在装着闭环的那台机器上；也可以自己写一个文件夹",
        max_length=300,
    )

    def clean_place(self) -> Path:
        """A folder that is there; a backup into a mistyped one would never be found again."""
        place = Path(self.cleaned_data["place"].strip())
        if not place.is_absolute() or not place.is_dir():
            raise forms.ValidationError("这台机器上没有这个文件夹；请看优盘插好没有，或者写全它的位置。")
        return place


class DayForm(HouseForm):
    day = DayField(label="只看哪一天", required=False)
