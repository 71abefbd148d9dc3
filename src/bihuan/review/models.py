"""A paper that its author looks through. It is a draft, not a record: private to the seat, in no export (decision 0005)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

from bihuan.core import ids

DAYS_KEPT = 30  # a manuscript that nobody has touched for so long is dropped


class Manuscript(models.Model):
    """The paper as it came in and as it reads now, with what was found in it. The seat is held by its key alone, as a
    form's draft is: it binds no record, and goes without a trace of its words.

    steps: each change as {"words", "edits": [[start, end, new, old], …]}, offsets into the text before that change.
    found: the findings of the text as it is now; aside: [{"rule", "excerpt", "reason"}, …]; off: ids of rules.
    """

    id = models.UUIDField(primary_key=True, default=ids.secret_id, editable=False)
    seat = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    name = models.CharField("名称", max_length=200)
    original = models.BinaryField("原文件")
    text = models.TextField("文字")
    form = models.CharField(max_length=8)  # docx, txt, md, pdf …, as it was read
    kind = models.CharField(max_length=20)
    steps = models.JSONField(default=list)
    found = models.JSONField(default=list)
    aside = models.JSONField(default=list)
    off = models.JSONField(default=list)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = "自己查的材料"
        ordering = ["-written_at", "id"]
        indexes = [models.Index(fields=["seat", "written_at"], name="manuscripts_of_a_seat")]

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> datetime:
        """The last day on which it is kept, if nobody touches it."""
        return self.written_at + timedelta(days=DAYS_KEPT)
