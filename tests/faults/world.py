"""A branch with a row of every kind, and every address of the product with keys that exist there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from bihuan.archive import portable
from bihuan.core import actions as core_actions
from bihuan.core import clock
from bihuan.core.models import ChainHead, Entry, FormKey
from bihuan.cycle.models import Cycle, Notice
from bihuan.ledger.actions import measures, problems
from bihuan.ledger.models import Carry, Evidence, Lookback, Measure, Paper, Problem, Proposal
from bihuan.meeting.models import Meeting, Study
from bihuan.org import actions as org_actions
from bihuan.org.models import Account, Membership, Org, Person, Standing
from bihuan.report.body import read_body
from bihuan.report.models import BlankUse, Draft, Submission, SuperiorForm
from bihuan.review import actions as review_actions
from tests.archive import year as years
from tests.cast import DAY, Cast, at, person_named

SECRET_WORDS = "样例个人问题：三次汇报没有写日期"  # the personal problem of 郭五, which 孙四 may not see
PERSONAL_MEASURE = "样例个人措施：每次汇报写明日期"
EXEMPT = frozenset({"core_feedback"})  # anybody may leave words


@dataclass
class World:
    """Keys of the cast's branch, by the name that the addresses use for them."""

    cast: Cast
    cycle: Cycle
    personal: Problem
    keys: dict[str, list[Any]] = field(default_factory=dict)


def fill(cast: Cast) -> World:
    """The year of the archive's tests, a notice with its paper, and a personal problem with a measure and proof."""
    years.a_year(cast)
    cycle = Cycle.objects.of(cast.branch.pk).select_related("org", "notice").order_by("-year").first()
    assert cycle is not None
    _notice_with_paper(cycle)
    world = World(cast, cycle, _personal(cast, cycle))
    org = cast.branch.pk
    draft = Draft.objects.of(org).first()
    assert draft is not None
    found = {
        Problem: ["problem"], Measure: ["measure"], Evidence: ["evidence"], Carry: ["carry"], Paper: ["paper"],
        Proposal: ["proposal"], Meeting: ["meeting"], Study: ["study"], Cycle: ["cycle"], Person: ["person"],
        Membership: ["membership"], Draft: ["draft"], SuperiorForm: ["superior"], Submission: ["submission"],
        Lookback: ["lookback"], Standing: ["standing"],
    }  # fmt: skip
    for model, (name,) in found.items():
        world.keys[name] = [row.pk for row in model.objects.of(org).order_by("recorded_at", "pk")]
    world.keys["evidence"] = [e.pk for e in Evidence.objects.of(org).filter(blob__isnull=False)]
    world.keys["account"] = [a.pk for a in Account.objects.filter(seats__org=cast.branch)]
    office, _ = org_actions.give_office(login="xitong", capacity="系统管理员", by=cast.secretary, at=at())
    world.keys["seat"] = [seat.pk for seat in (cast.secretary, cast.member)]
    world.keys["office"], world.keys["secret"] = [office.pk], ["no-such-secret"]
    world.keys["form"] = [12, 22]
    world.keys["manuscript"] = [_manuscript(cast).pk]
    world.keys["draft_row"] = [_draft(cast).pk]
    world.keys["address"] = [use.address for use in BlankUse.objects.of(org)]
    body = read_body(draft.body)
    world.keys["section"] = [s.key for s in body.sections]
    world.keys["paragraph"] = [p.id for _, p in body.paragraphs()]
    assert all(world.keys.values()), {name for name, keys in world.keys.items() if not keys}
    return world


def _notice_with_paper(cycle: Cycle) -> None:
    from bihuan.core import vault

    notice = Notice.objects.of(cycle.org_id).get(pk=cycle.notice_id)
    notice.file, notice.file_name = vault.keep([b"%PDF-1.4 notice"], name="通知.pdf"), "通知.pdf"
    notice.save()


def _personal(cast: Cast, cycle: Cycle) -> Problem:
    guo = person_named(cast.branch, "郭五")
    problem = problems.raise_problem(
        cycle=cycle, subject="个人", person=guo, statement=SECRET_WORDS, origin_kind="自查",
        origin_words="样例个人原话", by=cast.secretary, at=at(),
    )  # fmt: skip
    problems.add_cause(problem, text="样例个人原因", by=cast.secretary, at=at())
    measure = measures.add_measure(
        problem, action=PERSONAL_MEASURE, standard="样例个人标准", owner=guo, due=DAY, by=cast.secretary, at=at()
    )
    problems.start_work(problem, by=cast.secretary, at=at())
    measures.add_evidence(
        measure, kind="文件", file=("样例个人佐证.png", [years.PNG + b"1"]), shows="样例个人佐证", on=DAY,
        by=_deputy(cast), at=at(),
    )  # fmt: skip
    return problem


def _draft(cast: Cast) -> Any:
    """What the secretary typed and has not handed in."""
    return core_actions.keep_draft(
        page="/ledger/problem/new/", part="", tab="a" * 32, words="statement=%E6%A0%B7", by=cast.secretary, at=at()
    )


def _manuscript(cast: Cast) -> Any:
    """What the secretary looks through before anybody else does."""
    text = "样例情况报告\n全年学习XX次，“三会一课”、“主题党日”都开展了。"
    return review_actions.take(name="样例.txt", data=text.encode(), by=cast.secretary, at=clock.now())


def _deputy(cast: Cast) -> Any:
    """郭五's own seat, which brings the proof."""
    from tests.cast import give

    return give(cast.secretary, "郭五", "guo", "党员")


# which kind of key an address wants, by its name: a new address must be written down here, or the walk says so
WANTS: dict[str, dict[str, str]] = {
    "cycle:notice": {"cycle_id": "cycle"},
    **{
        f"review:{name}": {"pk": "manuscript"}
        for name in ("paper", "mend", "again", "undo", "count_again", "rule_off", "rule_on", "drop", "word", "remarked", "plain")
    },
    "cycle:notice_file": {"cycle_id": "cycle"},
    "cycle:plan": {"cycle_id": "cycle"},
    "cycle:policy": {"cycle_id": "cycle"},
    **{f"core:{name}": {"pk": "draft_row"} for name in ("drop_draft", "take_draft_back")},
    "ledger:carry": {"pk": "carry"},
    "ledger:name_measures": {"pk": "carry"},
    **{f"ledger:{name}": {"pk": "paper"} for name in ("reading", "state_year", "withdraw_paper", "add_missed")},
    **{f"ledger:{name}": {"pk": "proposal"} for name in ("decide_proposal", "accept_group", "undo_proposal")},
    **{
        f"ledger:{name}": {"pk": "problem"}
        for name in (
            "problem", "change_problem", "add_cause", "note_recurrence", "start_work", "add_measure", "link_measure",
            "claim", "verify", "decide", "reopen", "links_of", "tie", "untie", "same_matter", "hand_up", "answer_hand_up",
            "same_matter", "hand_up", "answer_hand_up", "links_of", "tie", "untie",
        )
    },
    **{
        f"ledger:{name}": {"pk": "measure"}
        for name in ("change_measure", "hand_over", "term", "note_progress", "add_evidence")
    },
    "ledger:evidence_file": {"pk": "evidence"},
    "ledger:evidence": {"pk": "evidence"},
    "ledger:evidence_page": {"pk": "evidence"},
    "ledger:duty": {"pk": "person"},
    "ledger:look_back": {"pk": "lookback"},
    "report:form_word": {"number": "form"},
    "report:form_excel": {"number": "form"},
    "meeting:register": {"cycle_id": "cycle"},
    "meeting:explain": {"cycle_id": "cycle"},
    "meeting:study": {"study_id": "study"},
    **{f"meeting:{name}": {"meeting_id": "meeting"} for name in ("detail", "meeting", "edit", "withdraw")},
    "meeting:resolve": {"problem_id": "problem"},
    **{f"org:{name}": {"person_id": "person"} for name in ("person", "standing", "give_account")},
    **{f"org:{name}": {"membership_id": "membership"} for name in ("end_membership", "make_full", "undo_leaving")},
    "org:end_standing": {"standing_id": "standing"},
    "org:reset_password": {"account_id": "account"},
    "org:tend_account": {"account_id": "account"},
    **{f"org:{name}": {"seat_id": "seat"} for name in ("change_seat", "end_seat")},
    "org:end_office": {"seat_id": "office"},
    "org:invited": {"secret": "secret"},
    **{
        f"report:{name}": {"pk": "draft"}
        for name in (
            "one", "docx", "pdf", "head", "shape", "vote", "approve", "submit", "readback", "decide_change", "answers",
            "versions",
        )
    },
    **{f"report:superior_{name}": {"pk": "superior"} for name in ("form", "change", "file", "away", "back")},
    "report:superior_blank": {"pk": "superior", "address": "address"},
    "report:pass_remark": {"pk": "draft", "key": "section"},
    **{
        f"report:{name}": {"pk": "submission"}
        for name in ("received_one", "received_decide", "received_docx", "received_pdf")
    },
    **{f"report:{name}": {"pk": "draft", "key": "section"} for name in ("section", "add", "arrange")},
    **{
        f"report:{name}": {"pk": "draft", "paragraph": "paragraph"}
        for name in ("paragraph", "move", "remove", "restore", "write_out")
    },
}  # fmt: skip


@dataclass(frozen=True)
class Address:
    """One address: its name with its room, and the names of what it wants."""

    name: str
    wants: tuple[str, ...]

    def urls(self, world: World, *, every: bool = True) -> list[str]:
        """The address with keys of the branch. `every`: all of the ledger's, some of the others; else the first and the
        last of each kind."""
        if not self.wants:
            return [reverse(self.name)]
        kinds = WANTS[self.name]
        lists = [world.keys[kinds[want]] for want in self.wants]
        first, *rest = lists
        chosen = list(dict.fromkeys([first[0], first[-1]]))
        if every and kinds[self.wants[0]] in {"problem", "measure", "evidence", "carry"}:
            chosen = first
        return [reverse(self.name, kwargs=self._with(key, rest)) for key in chosen]

    def _with(self, key: object, rest: list[list[Any]]) -> dict[str, Any]:
        return dict(zip(self.wants, [key, *(keys[0] for keys in rest)], strict=True))


def addresses() -> list[Address]:
    """Every address that the resolver knows."""
    return sorted(set(_walk(get_resolver(), "")), key=lambda address: (address.name, address.wants))


def _walk(resolver: URLResolver, room: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, pattern.namespace or room)
        elif isinstance(pattern, URLPattern):
            yield Address(f"{room}:{pattern.name}", tuple(pattern.pattern.converters))


def tables() -> dict[str, int]:
    """How many rows each table of the house has, without the sessions and what anybody may leave."""
    own = [m for m in apps.get_models() if m.__module__.startswith("bihuan.") and m not in (Entry, ChainHead, FormKey)]
    return {m._meta.db_table: _count(m) for m in own if m._meta.db_table not in EXEMPT}


def _count(model: type[Model]) -> int:
    return model._default_manager.get_queryset().model._base_manager.count()


def contents(org: UUID) -> dict[str, list[tuple[Any, ...]]]:
    """Every field of every record of one organisation."""
    return {
        model._meta.db_table: sorted(map(repr, model.objects.of(org).values_list()))  # type: ignore[misc]
        for model in [*portable.record_models(), Org, Person]
    }


def lines() -> list[str]:
    """The lines of all chains that tell of something done, not of an attempt refused."""
    return [line for line in Entry.objects.order_by("pk").values_list("line", flat=True) if '"refused":' not in line]
