"""A hostile member: every address of the product, asked for by whom it is not meant for."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from bihuan.org.models import Seat
from tests.cast import PASSWORD, Cast, give
from tests.faults.world import PERSONAL_MEASURE, SECRET_WORDS, WANTS, World, addresses, contents, lines, tables

ADDRESSES = addresses()
OF_ONES_OWN = {"org:logout", "org:login", "org:new_password", "org:seats", "core:look", "core:feedback", "desk:walk_in"}


def sit(client: Client, seat: Seat) -> Client:
    client.force_login(seat.account)
    return client


def test_every_address_that_wants_a_key_is_walked_with_one() -> None:
    missing = [a.name for a in ADDRESSES if a.wants and set(WANTS.get(a.name, ())) != set(a.wants)]
    optional = {"cycle:notice", "cycle:policy", "meeting:register", "meeting:study"}
    assert set(missing) - optional == set()


def everything(world: World, *, keyed: bool, every: bool = True) -> list[tuple[str, str]]:
    return [
        (address.name, url)
        for address in ADDRESSES
        if bool(address.wants) == keyed and address.name not in OF_ONES_OWN
        for url in address.urls(world, every=every)
    ]


def state(world: World) -> tuple[object, ...]:
    return tables(), contents(world.cast.branch.pk), lines()


def test_the_secretary_of_another_branch_finds_nothing(client: Client, world: World) -> None:
    before = state(world)
    sit(client, world.cast.outsider)
    answers = {
        (method, name, url): getattr(client, method)(url).status_code
        for name, url in everything(world, keyed=True)
        for method in ("get", "post")
    }
    wrong = {asked: status for asked, status in answers.items() if status not in {404, 405} and asked[1] not in LINKS}
    assert wrong == {}
    assert {answers[asked] for asked in answers if asked[1] in LINKS} == {302}
    assert state(world) == before


# Opened by whoever holds the secret in it; a wrong one leads to the login, as for anybody.
LINKS = {"org:invited"}


def test_nobody_in_particular_is_led_to_the_login(client: Client, world: World) -> None:
    before = state(world)
    for keyed in (True, False):
        for name, url in everything(world, keyed=keyed, every=False):
            for method in ("get", "post"):
                answer = getattr(client, method)(url)
                assert answer.status_code in {302, 405}, (method, name, answer.status_code)
                if answer.status_code == 302:
                    assert answer.headers["Location"].startswith(reverse("org:login")), name
    assert state(world) == before


# What a plain member of the branch may do by himself, and what carries no record at all.
A_MEMBER_MAY = {"ledger:raise"}


def test_a_member_sees_what_is_his_and_changes_nothing_that_is_not(client: Client, world: World) -> None:
    """Every address asked for and with a filled form: no page breaks, nothing is written."""
    before = state(world)
    sit(client, world.cast.probationer)
    for keyed in (True, False):
        for name, url in everything(world, keyed=keyed, every=False):
            for method, data in (("get", None), ("post", plausible(world))):
                if name in A_MEMBER_MAY and data:
                    continue
                answer = getattr(client, method)(url, data)
                assert answer.status_code < 500, (method, name, url)
                if method == "post":
                    assert answer.status_code in {200, 302, 403, 404, 405, 409}, (name, answer.status_code)
    assert state(world) == before


def plausible(world: World) -> dict[str, str]:
    """One form that fills what most forms of the house ask for."""
    cast = world.cast
    li = str(cast.person(cast.probationer).pk)
    return {
        "words": "样例", "text": "样例", "statement": "样例", "reason": "样例理由", "action": "样例", "standard": "样例",
        "shows": "样例", "kind": "口述", "on": "2026-3-9", "since": "2026-3-9", "until": "2026-3-9", "due": "2026-12-1",
        "approved_by": "样例", "owner": li, "person": li, "result": "通过", "label": "样例", "passed": "1",
        "answer": "完成", "ground": "样例", "year": "2024", "decision": "yes", "lead": "样例", "way": "none",
        "origin_kind": "自查", "subject": "支部", "name": "样例支部", "superior": "样例委员会", "issuer": "样例委员会",
        "number": "样委〔2026〕1号", "title": "样例", "heading": "样例", "recipient": "样例", "signature": "样例",
        "shape": "process", "held_on": "2026-3-8", "topic": "样例", "present": "5", "place": "样例", "login": "yang",
        "capacity": "书记", "in_favour": "5", "against": "0", "abstained": "0", "signer": li, "roster": "姓名\n样例甲",
        "save": "1", "joined_party_on": "2020-1-1", "committee": "样例方面", "members": "样例方面", "meeting": "",
        "value-opinions": "3", "from-opinions": "样例", "despite": "样例", "version": "1",
    }  # fmt: skip


# The one thing of a branch's ledger that the committee above writes: its answer to what was handed up to it.
THE_COMMITTEE_ANSWERS = {"ledger:answer_hand_up"}


@pytest.mark.long
def test_the_committee_above_reads_and_writes_nothing_but_its_answer(client: Client, world: World) -> None:
    before = state(world)
    sit(client, world.cast.clerk)
    for name, url in everything(world, keyed=True):
        asked = [("get", None), ("post", {}), ("post", plausible(world))]
        for method, data in asked[:1] if name in THE_COMMITTEE_ANSWERS else asked:
            answer = getattr(client, method)(url, data)
            assert answer.status_code < 500, (method, name, url)
            if answer.status_code == 200 and not answer.streaming:
                assert SECRET_WORDS not in answer.content.decode("utf-8", "ignore"), (name, url)
    assert state(world) == before


def text(answer: HttpResponse) -> str:
    if getattr(answer, "streaming", False):
        return b"".join(answer.streaming_content).decode("utf-8", "ignore")  # type: ignore[attr-defined]
    return answer.content.decode("utf-8", "ignore")


@pytest.mark.parametrize(
    "who",
    [
        "publicity",
        pytest.param("member", marks=pytest.mark.long),
        pytest.param("probationer", marks=pytest.mark.long),
        pytest.param("clerk", marks=pytest.mark.long),
        pytest.param("outsider", marks=pytest.mark.long),
    ],
)
def test_somebody_elses_personal_problem_is_nowhere(client: Client, world: World, who: str) -> None:
    """The table, the story, the search, the report's rows, home, the audit: neither its words nor its measure's."""
    publicity = give(world.cast.secretary, "何六", "he", "宣传委员")  # on the committee, but this is not for him
    sit(client, publicity if who == "publicity" else getattr(world.cast, who))
    asked = [url for keyed in (True, False) for _, url in everything(world, keyed=keyed)]
    asked += [f"{reverse('ledger:table')}?words=汇报", f"{reverse('ledger:table')}?cycle={world.cycle.pk}&words=汇报"]
    for url in asked:
        answer = client.get(url)
        said = text(answer)
        for words in (SECRET_WORDS, PERSONAL_MEASURE, "样例个人"):
            assert words not in re.sub(r'name="words"[^>]*', "", said), (url, words)


def test_whom_it_concerns_sees_the_personal_problem(client: Client, world: World) -> None:
    """The opposite, so that the test above cannot pass on a page that shows nobody anything."""
    guo = Seat.objects.of(world.cast.branch.pk).select_related("account").get(account__login="guo")
    for seat in (guo, world.cast.secretary, world.cast.inspector):
        sit(client, seat)
        assert SECRET_WORDS in text(client.get(reverse("ledger:problem", args=[world.personal.pk])))
        assert SECRET_WORDS in text(client.get(f"{reverse('ledger:table')}?cycle={world.personal.cycle_id}"))


def test_every_post_wants_its_token(world: World) -> None:
    """Without the token of a page of ours no form is taken, whoever is signed in."""
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    before = state(world)
    sit(strict, world.cast.secretary)
    for address in ADDRESSES:
        answer = strict.post(address.urls(world)[0], plausible(world))
        assert answer.status_code in {403, 405, 404}, (address.name, answer.status_code)
        if answer.status_code == 403:
            assert "这一页放得太久了" in text(answer), address.name
    assert state(world) == before


def test_no_page_of_a_signed_in_person_is_kept_by_a_cache(client: Client, world: World) -> None:
    sit(client, world.cast.secretary)
    for address in ADDRESSES:
        answer = client.get(address.urls(world)[0])
        if answer.status_code == 200:
            assert "no-store" in answer.headers.get("Cache-Control", ""), address.name


def test_what_every_page_says_to_the_browser(client: Client, cast: Cast) -> None:
    sit(client, cast.secretary)
    for url in (reverse("desk:home"), reverse("ledger:table"), "/no/such/page/"):
        headers = client.get(url).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]


def test_evidence_is_handed_out_so_that_it_can_do_no_harm(client: Client, world: World) -> None:
    sit(client, world.cast.secretary)
    for key in world.keys["evidence"]:
        answer = client.get(reverse("ledger:evidence_file", args=[key]))
        assert answer.status_code == 200
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Type"] == "image/png"
        text(answer)
    notice = client.get(reverse("cycle:notice_file", args=[world.cycle.pk]))
    assert notice.headers["Content-Disposition"].startswith("attachment")
    assert notice.headers["X-Content-Type-Options"] == "nosniff"
    text(notice)


def log_in(client: Client, login: str, onwards: str = "") -> HttpResponse:
    found: HttpResponse = client.post(f"{reverse('org:login')}{onwards}", {"login": login, "password": PASSWORD})
    return found


def test_a_session_from_before_the_login_is_worth_nothing(client: Client, cast: Cast) -> None:
    client.post(reverse("core:look"), {"big": "1"})
    planted = client.cookies["bihuan"].value
    assert log_in(client, "zhao").status_code == 302
    assert client.cookies["bihuan"].value != planted
    thief = Client()
    thief.cookies["bihuan"] = planted
    assert thief.get(reverse("ledger:table")).headers["Location"].startswith(reverse("org:login"))


def test_the_seat_of_the_one_before_is_not_left_to_the_next(client: Client, cast: Cast) -> None:
    log_in(client, "zhao")
    client.post(reverse("org:seats"), {"seat": str(cast.secretary.pk)})
    log_in(client, "sun")
    assert client.get(reverse("org:seats"), {"x": 1}).status_code == 200
    assert client.get(reverse("archive:audit")).status_code == 403
    stranger = client.post(reverse("org:seats"), {"seat": str(cast.secretary.pk)})
    assert stranger.status_code == 200
    assert client.get(reverse("archive:audit")).status_code == 403


@pytest.mark.parametrize(
    "there",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "\thttps://evil.example"],
)
def test_no_address_leads_out_of_the_house(client: Client, cast: Cast, there: str) -> None:
    from urllib.parse import quote

    answer = log_in(client, "zhao", f"?next={quote(there)}")
    assert answer.headers["Location"] == "/"
    assert client.post(reverse("core:look"), {"big": "1", "next": there}).headers["Location"] == "/"
    pasted = client.post(reverse("org:posts"), {"next_page": there})
    assert "evil" not in pasted.headers.get("Location", "")


def test_cookies_are_for_the_browser_alone(client: Client, cast: Cast) -> None:
    log_in(client, "zhao")
    client.get(reverse("desk:home"))
    for name in ("bihuan", "csrftoken"):
        if name in client.cookies:
            assert client.cookies[name]["httponly"], name
            assert client.cookies[name]["samesite"] == "Lax", name
    assert not client.cookies["bihuan"]["max-age"]  # gone when the browser is closed


@pytest.mark.parametrize("host", ["evil.example:80:80", "a b", "<script>", "evil.example/x", "evil.example@good", ""])
def test_a_host_that_is_none_gets_a_sentence(client: Client, cast: Cast, host: str) -> None:
    answer = client.get(reverse("org:login"), HTTP_HOST=host)
    if answer.status_code != 200:
        assert answer.status_code == 400
        assert "Bad Request" not in text(answer)
    assert "evil" not in text(answer)


@pytest.mark.long
def test_an_invented_host_is_repeated_nowhere(client: Client, world: World) -> None:
    sit(client, world.cast.secretary)
    for address in ADDRESSES:
        answer = client.get(address.urls(world)[0], HTTP_HOST="evil.example")
        assert "evil.example" not in answer.headers.get("Location", ""), address.name
        assert "evil.example" not in text(answer), address.name


@pytest.mark.long
def test_junk_in_addresses_is_a_page_that_is_not_there(client: Client, world: World) -> None:
    sit(client, world.cast.secretary)
    junk = ["'", "%00", "../../etc/passwd", "🙂", "9" * 400, "-1", "null", "<script>"]
    for name, parameters in {
        "ledger:table": ("cycle", "page", "state", "owner", "origin", "words", "by"),
        "archive:audit": ("day", "page"),
        "meeting:new": ("day", "form", "for"),
        "org:paste": ("from",),
        "org:posts": ("from",),
        "cycle:notice": ("from", "sample"),
    }.items():
        for parameter in parameters:
            for value in junk:
                answer = client.get(reverse(name), {parameter: value})
                assert answer.status_code in {200, 404}, (name, parameter, value)
                assert "<script>" not in text(answer).replace('<script src="', ""), (name, parameter)
    for name in ("ledger:reading", "ledger:change_measure", "ledger:add_evidence"):
        url = reverse(name, args=[world.keys[WANTS[name]["pk"]][0]])
        for parameter in ("at", "problem", "standard"):
            for value in junk:
                assert client.get(url, {parameter: value}).status_code in {200, 404}, (name, parameter, value)
    explain = reverse("meeting:explain", args=[world.cycle.pk])
    for value in junk:
        assert client.get(explain, {"key": f"R1:{value}"}).status_code in {200, 404}, value
