"""Who may look at a person's 责任清单."""

from __future__ import annotations

from bihuan.core.access import Verdict, verdict
from bihuan.org.models import Person, Seat


def may_see_duties(seat: Seat, person: Person) -> Verdict:
    """责任清单给本人和本支部的书记、副书记、委员看。"""
    own = seat.person_id == person.pk
    return verdict((own or seat.on_committee, "责任清单给本人和支委看，别人的请问书记或委员"))
