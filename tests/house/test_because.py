"""Each page says which rule stands behind it, or is on the list of those that quote nothing, with the reason."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from bihuan.desk import rulebook
from tests.cast import Cast
from tests.faults import world
from tests.house.addresses import addresses

SUMMARY = '<details class="fold because">'


def test_pages_and_the_list_name_addresses_that_exist() -> None:
    known = {address.name for address in addresses()}
    assert set(rulebook.pages()) | set(rulebook.silent_pages()) <= known
    assert set(rulebook.pages()) & set(rulebook.silent_pages()) == set()
    assert all(len(why) >= 8 for why in rulebook.silent_pages().values())


def test_pages_name_rules_that_exist_and_no_rule_is_forgotten() -> None:
    quoted = {rule for rules in rulebook.pages().values() for rule in rules}
    assert quoted <= set(rulebook.articles())
    layout = {"R15", "R17", "R33", "R44", "R45", "R46", "R57"}  # said by the report's remarks, or on no page at all
    assert set(rulebook.articles()) - quoted - layout == set()


def test_a_number_that_is_not_sure_says_so() -> None:
    unsure = [article for article in rulebook.articles().values() if article.unsure]
    assert len(unsure) >= 5
    assert all(article.where.endswith("（条号待核）") for article in unsure)
    assert not any(re.search(r"第.+条", article.source) for article in unsure)


@pytest.mark.django_db
def test_every_page_a_person_can_meet_has_its_why(cast: Cast) -> None:
    filled = world.fill(cast)
    seats = [cast.secretary, cast.member, cast.clerk]
    clients = [_signed_in(seat.account) for seat in seats]
    met, bare = set(), set()
    for address in world.addresses():
        if address.name in rulebook.silent_pages():
            continue
        for url in address.urls(filled, every=False):
            for client in clients:
                answer = client.get(url)
                if _is_page(answer):
                    met.add(address.name)
                    if SUMMARY not in answer.content.decode():
                        bare.add(address.name)
    assert bare == set(), "write them into desk/data/pages.toml"
    assert len(met) > 60


def test_the_question_is_folded_and_tells_a_quote_from_our_own_words(cast: Cast) -> None:
    page = _signed_in(cast.secretary.account).get("/meeting/").content.decode()
    assert "“没有组织集中学习的，不得召开组织生活会”" in page
    assert "大意：" in page
    assert page.count("<summary>为什么</summary>") == 1


def _signed_in(account: object) -> Client:
    client = Client()
    client.force_login(account)  # type: ignore[arg-type]
    return client


def _is_page(answer: HttpResponse) -> bool:
    return answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
