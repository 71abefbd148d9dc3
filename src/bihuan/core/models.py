"""What every room stands on: this installation, its files, its audit chain, its used form keys, and the shape of a record."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.db import models

from bihuan.core import ids
from bihuan.core.scope import ScopedManager
from bihuan.core.words import Words

if TYPE_CHECKING:
    from bihuan.org.models import Person, Seat


class Installation(models.Model):
    """One copy of the system. Records carry it, so that two laptops can be merged without rewriting a key."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    name = models.CharField("名称", max_length=100, blank=True)
    public_key = models.CharField("公钥", max_length=64, unique=True)  # Ed25519, hex
    here = models.BooleanField("本机", default=False)

    class Meta:
        verbose_name = "安装"
        constraints = [
            models.UniqueConstraint(fields=["here"], condition=models.Q(here=True), name="one_installation_is_here")
        ]

    def __str__(self) -> str:
        return self.name or str(self.id)

    @classmethod
    def current(cls) -> Installation:
        """This copy of the system; made by `install()` at first start."""
        return cls.objects.get(here=True)


class Alias(models.Model):
    """Two keys that turned out to mean the same thing. Merging adds a row here and changes no record."""

    kind = models.CharField(max_length=40)
    from_id = models.UUIDField()
    to_id = models.UUIDField()

    class Meta:
        verbose_name = "同一对象"
        constraints = [models.UniqueConstraint(fields=["kind", "from_id"], name="an_alias_points_one_way")]

    def __str__(self) -> str:
        return f"{self.kind} {self.from_id} → {self.to_id}"


class Blob(models.Model):
    """A file's content, known by its digest. The bytes lie in the vault; who may see them is decided by what cites them."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    sm3 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)

    class Meta:
        verbose_name = "文件内容"

    def __str__(self) -> str:
        return self.sha256[:12]


class FormKey(models.Model):
    """A form that has been acted on. A second tap of the same form finds its key here and changes nothing."""

    key = models.CharField(primary_key=True, max_length=64)
    location = models.CharField(max_length=500, blank=True)
    used_at = models.DateTimeField()

    class Meta:
        verbose_name = "已用过的表单"

    def __str__(self) -> str:
        return self.key


class AppendOnly(models.QuerySet["Entry"]):
    """Entries are added and read."""

    def update(self, **kwargs: Any) -> int:
        raise PermissionError("审计记录只能添加，不能修改。")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise PermissionError("审计记录只能添加，不能删除。")


class ChainHead(models.Model):
    """The end of one chain. Locked while a line is added, so that two writers never take the same predecessor."""

    installation = models.ForeignKey(Installation, models.PROTECT, related_name="+")
    org = models.UUIDField()
    seq = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "审计链末端"
        constraints = [models.UniqueConstraint(fields=["installation", "org"], name="one_head_a_chain")]

    def __str__(self) -> str:
        return f"{self.org} #{self.seq}"


class Entry(models.Model):
    """One line of the audit chain: canonical text without content, chained by SM3. See `core.audit`."""

    installation = models.ForeignKey(Installation, models.PROTECT, related_name="+")
    # The organisation's key, or the nil UUID for what concerns the installation itself. No foreign key: a line outlives it.
    org = models.UUIDField()
    seq = models.PositiveBigIntegerField()
    prev = models.CharField(max_length=64, blank=True)
    line = models.TextField()
    digest = models.CharField(max_length=64)
    # The salt of the line's content digests stands outside the chained text: destroying it makes them unguessable.
    salt = models.CharField(max_length=32, blank=True)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = "审计记录"
        ordering = ["org", "seq"]
        constraints = [models.UniqueConstraint(fields=["installation", "org", "seq"], name="one_line_a_place")]

    def __str__(self) -> str:
        return f"{self.org} #{self.seq}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise PermissionError("审计记录只能添加，不能修改。")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise PermissionError("审计记录只能添加，不能删除。")


class Source(Words):
    """How a record came in: an invented protocol is the field's disease, so each row says which it is."""

    LIVE = "现场"
    LATER = "补记"
    FOR_SOMEBODY = "代录"
    IMPORTED = "导入"


class Record(models.Model):
    """The head of every record of every room. `ORG_PATH` leads to the organisation whose record it is."""

    ORG_PATH: ClassVar[str] = "org"
    # Fields that are bookkeeping, not content: left out of digests and of comparisons between two versions.
    BOOKKEEPING: ClassVar[frozenset[str]] = frozenset({"id", "installation", "version", "recorded_at", "by"})

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    installation = models.ForeignKey(Installation, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    occurred_on = models.DateField("发生日期")
    recorded_at = models.DateTimeField("记录时间")
    by = models.ForeignKey("org.Seat", models.PROTECT, related_name="+", verbose_name="记录人")
    on_behalf_of = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", null=True, blank=True, verbose_name="代谁记"
    )
    source = models.CharField("来路", max_length=4, choices=Source.choices, default=Source.LIVE)

    objects = ScopedManager()

    class Meta:
        abstract = True

    @property
    def scope_org_id(self) -> UUID:
        """The organisation whose record this is, found along `ORG_PATH`."""
        owner: Any = self
        steps = self.ORG_PATH.split("__")
        for step in steps[:-1]:
            owner = getattr(owner, step)
        last = steps[-1]
        found: UUID = owner.pk if last == "pk" else getattr(owner, f"{last}_id")
        return found

    def facts(self) -> dict[str, str]:
        """The record's content, field → text, for digests and for showing what changed between two versions."""
        return {
            field.name: "" if (value := field.value_from_object(self)) is None else str(value)
            for field in self._meta.concrete_fields
            if field.name not in self.BOOKKEEPING
        }

    def keep(self, *fields: str) -> None:
        """Save these fields and count the version up. Called by actions, on a locked row."""
        self.version += 1
        self.save(update_fields=[*fields, "version"])


def stamp(
    *,
    by: Seat,
    at: datetime,
    occurred_on: date | None = None,
    source: str = Source.LIVE,
    on_behalf_of: Person | None = None,
) -> dict[str, Any]:
    """The head of a new record, as keyword arguments for `create`."""
    return {
        "installation": Installation.current(),
        "by": by,
        "recorded_at": at,
        "occurred_on": occurred_on or at.date(),
        "source": source,
        "on_behalf_of": on_behalf_of,
    }


class FormDraft(models.Model):
    """What somebody has typed into a form and not handed in yet: private to the seat, in no chain and in no export.

    Each open page writes a row of its own (`tab`), so two tabs never overwrite one another. `part`: which of several
    alike forms on one page. The seat is held by its key alone: a draft binds no record.
    """

    id = models.UUIDField(primary_key=True, default=ids.secret_id, editable=False)
    seat = models.UUIDField()
    page = models.CharField(max_length=500)
    part = models.CharField(max_length=64, blank=True)
    tab = models.CharField(max_length=32)
    words = models.TextField()  # as a form sends them, without keys and files
    written_at = models.DateTimeField()
    dropped = models.BooleanField(default=False)  # put away by hand; may still be taken back

    class Meta:
        verbose_name = "没有提交的草稿"
        ordering = ["-written_at", "id"]
        constraints = [models.UniqueConstraint(fields=["seat", "tab"], name="one_draft_a_tab")]
        indexes = [models.Index(fields=["seat", "page"], name="drafts_of_a_page")]

    def __str__(self) -> str:
        return f"{self.page}的草稿"


class Feedback(models.Model):
    """投诉建议 (R51): words that anybody left. Who wrote them is kept nowhere, and the key tells no time."""

    id = models.UUIDField(primary_key=True, default=ids.secret_id, editable=False)
    # Whose branch the writer was signed in to; none for words left without signing in.
    org = models.UUIDField(null=True)
    words = models.TextField("写的话")
    day = models.DateField("哪天")

    class Meta:
        verbose_name = "投诉建议"
        ordering = ["-day", "id"]

    def __str__(self) -> str:
        return f"{self.day}的一条投诉建议"
