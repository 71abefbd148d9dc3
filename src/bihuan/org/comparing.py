"""What a table would change on today's roster: who is new, changed, gone, the same. Nothing is written here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bihuan.core.days import say_full
from bihuan.org.models import MemberKind, Person, Title
from bihuan.org.queries import Member
from bihuan.org.roster import Line


@dataclass(frozen=True)
class Changed:
    """A line about somebody on the roster that says something else than the roster; `words` say what, for the page."""

    line: Line
    member: Member
    words: tuple[str, ...]

    @property
    def made_full(self) -> bool:
        return self.member.membership.kind == MemberKind.PROBATIONARY and self.line.kind == MemberKind.FULL

    @property
    def joined(self) -> bool:
        """Whether the day of joining is another one."""
        return self.line.joined not in {None, self.member.person.joined_party_on}

    @property
    def title(self) -> str | None:
        """The new post, "" for none any more, None where nothing changes."""
        held = set(self.member.titles) - {Title.GROUP_LEADER.value}
        said = self.line.title
        return None if said is None or said == Title.GROUP_LEADER or (held == {said} if said else not held) else said


@dataclass
class Comparison:
    """Every line of the table in one of four lists, and who of the roster the table does not name."""

    new: list[tuple[Line, Person | None]] = field(default_factory=list)  # with who it is, when he was here before
    changed: list[Changed] = field(default_factory=list)
    same: list[Line] = field(default_factory=list)
    missing: list[Member] = field(default_factory=list)
    wrong: list[Line] = field(default_factory=list)

    @property
    def anything(self) -> bool:
        return bool(self.new or self.changed)


def compare(lines: Sequence[Line], present: Sequence[Member], former: Sequence[Person] = ()) -> Comparison:
    """`present`: today's roster; `former`: people who were in the branch before and are not now."""
    found, met = Comparison(), set()
    written = Counter(line.name for line in lines)
    here, before = defaultdict[str, list[Member]](list), defaultdict[str, list[Person]](list)
    for member in present:
        here[member.person.name].append(member)
    for person in former:
        before[person.name].append(person)
    _know_by_joining(lines, here)
    for line in lines:
        who = None if line.wrong else _who(line, here[line.name], alone=written[line.name] == 1)
        if who is not None:
            met.add(who.person.pk)
        _sort_in(found, line, who, before[line.name])
    doubtful = {line.name for line in found.wrong}
    found.missing = [m for m in present if m.person.pk not in met and m.person.name not in doubtful]
    return found


def _know_by_joining(lines: Sequence[Line], here: Mapping[str, Sequence[Member]]) -> None:
    """People of one name whom the roster tells apart are known by their days of joining, where no two have the same."""
    for name in {line.name for line in lines if line.name in here}:
        days = {member.person.joined_party_on: member.person.mark for member in here[name]}
        own = [line for line in lines if line.name == name]
        said = {line.joined for line in own}
        sure = len(here[name]) == len(days) > 1 and len(own) == len(said) and None not in {*days, *said}
        for line in own:
            if sure and not line.mark and line.joined in days:
                line.mark = days[line.joined]
                line.wrong = [words for words in line.wrong if words != line.alike]
                line.alike = ""


def _sort_in(found: Comparison, line: Line, member: Member | None, former: Sequence[Person]) -> None:
    if line.wrong:
        found.wrong.append(line)
    elif member is None:
        found.new.append((line, _came_back(line, former)))
    elif words := tuple(_words(Changed(line, member, ()))):
        found.changed.append(Changed(line, member, words))
    else:
        found.same.append(line)


def _who(line: Line, named: Sequence[Member], *, alone: bool) -> Member | None:
    """Whom of the roster's people of that name a line is about; what cannot be told for certain is said on the line.
    `alone`: no other line of the table has this name."""
    exact = [m for m in named if m.person.mark == line.mark]
    found = exact[0] if exact else named[0] if len(named) == 1 and alone and not line.mark else None
    if found is None and len(named) > 1 and not line.mark:
        marks = "、".join(str(m.person) for m in named)
        line.alike = f"名册上有{marks}，请写明是哪一位的“区别”，和名册上一样。"
        line.wrong.append(line.alike)
    if found and found.membership.kind == MemberKind.FULL and line.kind == MemberKind.PROBATIONARY:
        line.wrong.append("名册上已经是正式党员，这里写的是预备，请看哪一处写错了。")
    return found


def _came_back(line: Line, former: Sequence[Person]) -> Person | None:
    """Somebody of that name and mark who was here before, unless the days of joining are different."""
    for person in former:
        days = {person.joined_party_on, line.joined} - {None}
        if person.mark == line.mark and len(days) < 2:
            return person
    return None


def _words(changed: Changed) -> list[str]:
    line, member = changed.line, changed.member
    found = []
    if changed.made_full:
        found.append(f"预备党员转正{f'，{say_full(line.full)}起' if line.full else ''}")
    if changed.joined and line.joined:
        was = member.person.joined_party_on
        found.append(f"入党日期{f'由{say_full(was)}改为' if was else '补上'}{say_full(line.joined)}")
    if changed.title is not None:
        was_titles = "、".join(t for t in member.titles if t != Title.GROUP_LEADER)
        found.append(f"职务由{was_titles or '没有'}改为{changed.title or '没有'}")
    return found
