"""上级发的表格和文件，和每一处空填什么。"""

from __future__ import annotations

from django.db import models

from bihuan.core.models import Blob, Record
from bihuan.core.words import Words
from bihuan.org.models import Org


class FormKind(Words):
    TEXT = "docx"
    SHEET = "xlsx"


class SuperiorForm(Record):
    """A form that a superior gave out, as its file. It belongs to no year: it is filled from whichever year runs."""

    org = models.ForeignKey(Org, models.PROTECT, related_name="superior_forms")
    name = models.CharField("名称", max_length=100)
    issuer = models.CharField("发表单位", max_length=100, blank=True)
    kind = models.CharField("文件种类", max_length=4, choices=FormKind.choices)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    file_name = models.CharField("文件名", max_length=200)
    away_on = models.DateField(
        "收起来的日期", null=True, blank=True
    )  # no longer in use; what was pointed stays with it

    class Meta:
        verbose_name = "上级的表"
        ordering = ["recorded_at"]

    def __str__(self) -> str:
        return self.name


class BlankUse(Record):
    """What stands in one place of a form: a fact, a list, a column of a list, or a pen. `address`: see bihuan_text.blanks.

    It outlives the file: when a changed form comes, places that are still there keep what they were pointed at.
    """

    ORG_PATH = "form__org"

    form = models.ForeignKey(SuperiorForm, models.PROTECT, related_name="uses")
    address = models.CharField(max_length=40)
    what = models.CharField("填什么", max_length=80)  # "fact:应到", "prose:问题清单", "row:措施.时限", "pen"
    words = models.CharField("旁边的字", max_length=100, blank=True)  # for showing it once its place is gone

    class Meta:
        verbose_name = "一处填什么"
        ordering = ["recorded_at"]
        constraints = [models.UniqueConstraint(fields=["form", "address"], name="one_use_a_blank")]

    def __str__(self) -> str:
        return f"{self.words or self.address}：{self.what}"
