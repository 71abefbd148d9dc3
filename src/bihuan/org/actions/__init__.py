"""The verbs of the organisation: founding a branch, keeping its roster and posts, giving accounts and seats."""

from bihuan.org.actions.accounts import (
    bar_account,
    first_account,
    give_account,
    invite,
    own_account,
    reset_password,
)
from bihuan.org.actions.founding import first_seat, found_branch, rename_branch
from bihuan.org.actions.groups import set_groups
from bihuan.org.actions.importing import Correction, Leaving, RosterChanges, apply_roster
from bihuan.org.actions.members import (
    NewMember,
    correct_joining,
    end_membership,
    end_standing,
    make_full_member,
    state_standing,
    take_in_roster,
    undo_leaving,
)
from bihuan.org.actions.offices import end_office, give_office
from bihuan.org.actions.passwords import one_time_password
from bihuan.org.actions.posts import change_post, set_posts
from bihuan.org.actions.seats import change_seat, end_seat, give_seat

__all__ = [
    "Correction",
    "Leaving",
    "NewMember",
    "RosterChanges",
    "apply_roster",
    "bar_account",
    "change_post",
    "change_seat",
    "correct_joining",
    "end_membership",
    "end_office",
    "end_seat",
    "end_standing",
    "first_account",
    "first_seat",
    "found_branch",
    "give_account",
    "give_office",
    "give_seat",
    "invite",
    "make_full_member",
    "one_time_password",
    "own_account",
    "rename_branch",
    "reset_password",
    "set_groups",
    "set_posts",
    "state_standing",
    "take_in_roster",
    "undo_leaving",
]
