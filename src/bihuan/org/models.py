"""党组织、党员、职务、账号和席位。一切用起止日期，不用开关：某日谁应到会、某年这个党委下面有哪些支部，都是一次查询。"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, TypeVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from bihuan.core import clock, ids
from bihuan.core.models import Record
from bihuan.core.scope import ScopedManager, ScopedQuerySet
from bihuan.core.words import Words

if TYPE_CHECKING:
    from typing import Self

R = TypeVar("R", bound=Record, covariant=True)

# The first day of a spell that held already when the records began, where nobody wrote down since when.
LONG_AGO = date(1900, 1, 1)


class OrgKind(Words):
    COMMITTEE = "党委"
    GENERAL_BRANCH = "党总支"
    BRANCH = "党支部"


class OrgQuerySet(ScopedQuerySet["Org"]):
    def _org_path(self) -> str:
        return "pk"


class Org(Record):
    """An organisation of the tree. Where it stands in the tree is a matter of `OrgSpell`s."""

    ORG_PATH = "pk"

    kind = models.CharField("类别", max_length=4, choices=OrgKind.choices)
    name = models.CharField("全称", max_length=100)

    objects: ClassVar = ScopedManager.from_queryset(OrgQuerySet)()

    class Meta:
        verbose_name = "党组织"

    def __str__(self) -> str:
        return self.name

    def parent_on(self, day: date) -> Org | None:
        """The organisation directly above on that day."""
        spell = self.spells.on(day).select_related("parent").first()
        return spell.parent if spell else None


class SpellQuerySet(ScopedQuerySet[R]):
    """The vocabulary of everything that has a first and a last day (the last day still counts)."""

    def on(self, day: date) -> Self:
        return self.filter(Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day)))

    def overlapping(self, first: date, last: date) -> Self:
        return self.filter(Q(since__lte=last) & (Q(until__isnull=True) | Q(until__gte=first)))


class Spell(Record):
    """A record that holds from a day to a day. A correction closes one and opens another."""

    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    objects: ClassVar = ScopedManager.from_queryset(SpellQuerySet)()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="%(class)s_ends_after_it_begins"
            )
        ]

    @property
    def long_ago(self) -> bool:
        """Whether the first day is not known: it held already when the records began."""
        return self.since == LONG_AGO

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


class OrgSpell(Spell):
    """While it lasts, `org` stands directly under `parent`, by the paper of that number."""

    org = models.ForeignKey(Org, models.PROTECT, related_name="spells")
    parent = models.ForeignKey(Org, models.PROTECT, related_name="child_spells")
    paper_no = models.CharField("批复文号", max_length=60, blank=True)

    class Meta(Spell.Meta):
        abstract = False
        verbose_name = "隶属关系"

    def __str__(self) -> str:
        return f"{self.org}隶属{self.parent}"


class PersonQuerySet(ScopedQuerySet["Person"]):
    def _org_path(self) -> str:
        return "memberships__org"

    def _say(self, condition: Q) -> Self:
        # through memberships one person may be found twice
        return super()._say(condition).distinct()


class Person(Record):
    """A person known by name. ID numbers are never kept; `mark` tells two people of one name apart."""

    ORG_PATH = "home"

    name = models.CharField("姓名", max_length=40)
    mark = models.CharField("区别", max_length=40, blank=True)
    # The organisation that first entered the person: whose audit chain tells of it.
    home = models.ForeignKey(Org, models.PROTECT, related_name="+")
    joined_party_on = models.DateField("入党日期", null=True, blank=True)

    objects: ClassVar = ScopedManager.from_queryset(PersonQuerySet)()

    class Meta:
        verbose_name = "人员"

    def __str__(self) -> str:
        return f"{self.name}（{self.mark}）" if self.mark else self.name


class MemberKind(Words):
    FULL = "正式"
    PROBATIONARY = "预备"


class Tie(Words):
    RELATION = "组织关系"
    TAKES_PART = "参加活动"
    AWAY = "流动"


class Came(Words):
    JOINED = "发展入党"
    TRANSFERRED = "转入"
    MADE_FULL = "转正"
    REGAINED = "恢复党籍"


class Went(Words):
    TRANSFERRED = "转出"
    DIED = "去世"
    LEFT_PARTY = "退党"
    STRUCK_OFF = "除名"
    EXPELLED = "开除党籍"
    MADE_FULL = "转正"
    MISTAKE = "录错了"


class Membership(Spell):
    """While it lasts, `person` belongs to `org`: as full or probationary member, by relation or only taking part.

    How it began and ended, and by which paper (a 介绍信's number, a decision's), stands with it; "" is not known.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    org = models.ForeignKey(Org, models.PROTECT, related_name="memberships")
    kind = models.CharField("类别", max_length=2, choices=MemberKind.choices)
    tie = models.CharField("关系", max_length=4, choices=Tie.choices, default=Tie.RELATION)
    came_by = models.CharField("怎么来的", max_length=4, choices=Came.choices, blank=True)
    came_paper = models.CharField("来的介绍信或文件号", max_length=60, blank=True)
    went_by = models.CharField("怎么走的", max_length=4, choices=Went.choices, blank=True)
    went_paper = models.CharField("走的介绍信或文件号", max_length=60, blank=True)

    class Meta(Spell.Meta):
        abstract = False
        verbose_name = "党籍与组织关系"

    def __str__(self) -> str:
        return f"{self.person}，{self.kind}党员"


class StandingKind(Words):
    PROBATION = "留党察看"
    SUSPENDED = "停止党籍"
    NOT_COUNTED = "不计入应到"


class Standing(Spell):
    """While it lasts, `person` is not counted among those due in `org`, with the reason."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="standings")
    org = models.ForeignKey(Org, models.PROTECT, related_name="standings")
    kind = models.CharField("情形", max_length=5, choices=StandingKind.choices)
    reason = models.CharField("理由", max_length=200)

    class Meta(Spell.Meta):
        abstract = False
        verbose_name = "不计入应到的情形"

    def __str__(self) -> str:
        return f"{self.person}：{self.kind}"


class Group(Spell):
    """党小组 of a branch, while it lasts. It is no organisation of its own: it decides nothing and keeps no records."""

    org = models.ForeignKey(Org, models.PROTECT, related_name="groups")
    name = models.CharField("名称", max_length=40)

    class Meta(Spell.Meta):
        abstract = False
        verbose_name = "党小组"

    def __str__(self) -> str:
        return self.name


class GroupPlace(Spell):
    """While it lasts, `person` is of that 党小组. Its leader is who of its people holds the post 党小组组长."""

    ORG_PATH = "group__org"

    group = models.ForeignKey(Group, models.PROTECT, related_name="places")
    person = models.ForeignKey(Person, models.PROTECT, related_name="group_places")

    class Meta(Spell.Meta):
        abstract = False
        verbose_name = "编入党小组"

    def __str__(self) -> str:
        return f"{self.person}，{self.group}"


class Title(Words):
    SECRETARY = "书记"
    DEPUTY = "副书记"
    ORGANISATION = "组织委员"
    PUBLICITY = "宣传委员"
    DISCIPLINE = "纪检委员"
    COMMITTEE = "委员"
    GROUP_LEADER = "党小组组长"


COMMITTEE_TITLES = frozenset(set(Title.values) - {Title.GROUP_LEADER.value})


class Post(Spell):
    """While it lasts, `person` holds `title` in `org`."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    org = models.ForeignKey(Org, models.PROTECT, related_name="posts")
    title = models.CharField("职务", max_length=6, choices=Title.choices)

    class Meta(Spell.Meta):
        abstract = False
        verbose_name = "职务"

    def __str__(self) -> str:
        return f"{self.person}，{self.title}"


class Accounts(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(login=username)


class Account(AbstractBaseUser):
    """A way in. What it may do is said by its seats, never by the account."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    login = models.CharField("登录名", max_length=60, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, null=True, blank=True, related_name="account")
    is_active = models.BooleanField("可用", default=True)
    must_change_password = models.BooleanField("下次登录要换密码", default=False)
    failures = models.PositiveSmallIntegerField("连续输错次数", default=0)
    locked_until = models.DateTimeField("锁到", null=True, blank=True)
    big_type = models.BooleanField("大字", default=False)
    night = models.BooleanField("深色", default=False)
    password_set_at = models.DateTimeField("换密码的时间", null=True, blank=True)
    # Digests as slow to guess as the password itself; only for refusing one that was used before.
    old_passwords = models.JSONField("用过的密码", default=list, blank=True)
    # The way in by a link: only the digest of its secret is kept, and only until it was used or is too old.
    invite_digest = models.CharField("邀请", max_length=64, blank=True)
    invite_until = models.DateTimeField("邀请到期", null=True, blank=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = Accounts()

    class Meta:
        verbose_name = "账号"

    def __str__(self) -> str:
        return self.person.name if self.person else self.login


class Capacity(Words):
    SECRETARY = "书记"
    DEPUTY = "副书记"
    ORGANISATION = "组织委员"
    PUBLICITY = "宣传委员"
    DISCIPLINE = "纪检委员"
    COMMITTEE = "委员"
    MEMBER = "党员"
    CLERK = "上级经办"
    SYSTEM_ADMIN = "系统管理员"
    SECURITY_ADMIN = "安全管理员"
    AUDIT_ADMIN = "审计管理员"


COMMITTEE_SEATS = frozenset(COMMITTEE_TITLES)
OFFICES = (Capacity.SYSTEM_ADMIN.value, Capacity.SECURITY_ADMIN.value, Capacity.AUDIT_ADMIN.value)
ADMIN_SEATS = frozenset(OFFICES)


class Seat(Spell):
    """Who, for which organisation, in what capacity. Every action takes one."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="seats")
    org = models.ForeignKey(Org, models.PROTECT, related_name="seats")
    capacity = models.CharField("身份", max_length=5, choices=Capacity.choices)

    class Meta(Spell.Meta):
        abstract = False
        verbose_name = "席位"
        constraints = [
            *Spell.Meta.constraints,
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(capacity__in=["系统管理员", "安全管理员", "审计管理员"], until__isnull=True),
                name="one_account_holds_one_of_the_three_offices",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Name and capacity, as the audit line and the page's head give them."""
        return f"{self.account}（{self.capacity}）"

    @property
    def person(self) -> Person | None:
        return self.account.person

    @property
    def person_id(self) -> UUID | None:
        return self.account.person_id

    @property
    def on_committee(self) -> bool:
        """书记, 副书记 or 委员 of this organisation."""
        return self.capacity in COMMITTEE_SEATS

    @property
    def is_administrator(self) -> bool:
        """系统管理员, 安全管理员 or 审计管理员: looks after the system, not after papers."""
        return self.capacity in ADMIN_SEATS

    @property
    def is_secretary(self) -> bool:
        return self.capacity == Capacity.SECRETARY

    def reach(self) -> list[UUID]:
        """The organisations whose records this seat may look at: its own, and for a superior those below it today.

        An administrator's seat reaches no branch's records: it looks after the system, not after papers.
        """
        if self.is_administrator:
            return []
        reached, front = [self.org_id], [self.org_id]
        if self.capacity != Capacity.CLERK:
            return reached
        day = clock.today()
        while front:
            below = OrgSpell.objects.everywhere("the tree is walked from the seat's own organisation down").on(day)
            front = list(below.filter(parent__in=front).exclude(org__in=reached).values_list("org_id", flat=True))
            reached += front
        return reached
