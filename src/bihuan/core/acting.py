"""The frame every action stands in: one transaction, once per form, recorded, and a refusal recorded too.

An action has the shape lock, check, change, record, return. `@action("room.noun.verb", "人话")` gives it:
- one transaction, in which the form's key is used up (a double tap finds it used and changes nothing);
- an audit line, or the frame raises: what is deliberately not recorded is listed with `audited=False` and its reason;
- a refused attempt recorded in a transaction of its own, after the refused one was rolled back.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction

from bihuan.core import audit
from bihuan.core.access import Refused, Stale
from bihuan.core.models import FormKey, Record

if TYPE_CHECKING:
    from bihuan.org.models import Seat

# what an action that looks for its record among the seat's own says when it is not there
GONE = "这条记录不在本支部，或者刚才已经撤掉了；请退回去，刷新以后再看"

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Verb:
    """One verb of the house: its name in the chain, its sentence on the page, and whether it leaves a line."""

    name: str
    sentence: str
    audited: bool
    why_not: str
    function: Callable[..., object]


VERBS: dict[str, Verb] = {}


@dataclass
class Form:
    """The form that the present request sent, if it carried a key."""

    key: str
    used: bool = False


form: ContextVar[Form | None] = ContextVar("form", default=None)


class AlreadyDone(Exception):
    """This very form was acted on before; `location` is where that led, or empty if it is not known."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


def action(
    name: str, sentence: str, *, audited: bool = True, why_not: str = ""
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an action. It must take keyword arguments `by` (a Seat) and `at` (an aware datetime)."""
    if not audited and not why_not:
        raise ValueError(f"{name}: an action that leaves no line must say why")

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        if name in VERBS:
            raise ValueError(f"{name}: this verb exists")

        @functools.wraps(function)
        def framed(*args: P.args, **kwargs: P.kwargs) -> R:
            by, at = _who_and_when(kwargs)
            try:
                with transaction.atomic(), audit.during(name) as lines:
                    _use_form(at)
                    result = function(*args, **kwargs)
                    if audited and not lines:
                        raise AssertionError(f"{name} recorded nothing")
                    return result
            except Stale:
                _free_form()
                raise
            except Refused as refusal:
                _refuse(name, refusal, by=by, at=at)
                raise
            except ObjectDoesNotExist as gone:
                missing = Refused(GONE)
                _refuse(name, missing, by=by, at=at)
                raise missing from gone

        VERBS[name] = Verb(name, sentence, audited, why_not, framed)
        return framed

    return wrap


def _who_and_when(given: Mapping[str, Any]) -> tuple[Seat, datetime]:
    """Who acts and when, out of an action's arguments: a signature of any shape cannot say that these two are in it."""
    return given["by"], given["at"]


def _use_form(at: datetime) -> None:
    """Use up the present form's key, inside the action's own transaction, so that kill -9 leaves both or neither."""
    present = form.get()
    if present is None or present.used:
        return
    try:
        with transaction.atomic():
            FormKey.objects.create(key=present.key, used_at=at)
    except IntegrityError:
        done = FormKey.objects.filter(key=present.key).first()
        raise AlreadyDone(done.location if done else "") from None
    present.used = True


def _refuse(name: str, refusal: Refused, *, by: Seat, at: datetime) -> None:
    """A line about the attempt, in a transaction of its own."""
    _free_form()
    with transaction.atomic():
        audit.refused(name, by=by, at=at, reasons=refusal.reasons)


def _free_form() -> None:
    """The action was rolled back, and the use of the key with it: the form may be sent again."""
    present = form.get()
    if present is not None:
        present.used = False


def check_version(subject: Record, seen: int | None) -> None:
    """Raise `Stale` if somebody changed the record after the page that sent this form was opened."""
    if seen is not None and subject.version != seen:
        raise Stale(subject)
