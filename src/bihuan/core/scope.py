"""Reach: a room's records answer only when it was said whose eyes are looking. Another branch's record is not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from django.db import models

if TYPE_CHECKING:
    from uuid import UUID

    from bihuan.org.models import Seat

M = TypeVar("M", bound=models.Model, covariant=True)


class Unscoped(RuntimeError):
    """A query that would answer for every branch at once. A mistake in the code, never a user's."""


class ScopedQuerySet(models.QuerySet[M]):
    """Refuses to answer until `visible_to(seat)`, `of(org)` or `everywhere(why)` was said."""

    _scoped = False

    def _clone(self) -> Self:
        clone = cast(Self, super()._clone())  # type: ignore[misc]
        clone._scoped = self._scoped
        return clone

    def visible_to(self, seat: Seat) -> Self:
        """The records this seat may see. Rooms narrow it further by overriding `narrowed`."""
        path = self._org_path()
        return self._say(models.Q(**{f"{path}__in": seat.reach()})).narrowed(seat)

    def narrowed(self, seat: Seat) -> Self:
        """What remains, within reach, for this seat; a room that keeps personal matters says it here."""
        return self

    def of(self, org_id: UUID) -> Self:
        """The records of one organisation: for an action, a rule or an export that already knows whose they are."""
        return self._say(models.Q(**{self._org_path(): org_id}))

    def everywhere(self, why: str) -> Self:
        """All records of the installation. `why` is for the reader of the code; it may not be empty."""
        if not why:
            raise Unscoped("everywhere() needs a reason")
        return self._say(models.Q())

    def _org_path(self) -> str:
        return cast(str, self.model.ORG_PATH)  # type: ignore[attr-defined]

    def _say(self, condition: models.Q) -> Self:
        clone = self.filter(condition)
        clone._scoped = True
        return clone

    def _need_scope(self) -> None:
        if not self._scoped:
            raise Unscoped(f"{self.model.__name__}: say visible_to(seat), of(org) or everywhere(why) first")

    # every way a queryset reaches the database
    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._need_scope()
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[M]:
        self._need_scope()
        return super().iterator(chunk_size) if chunk_size else super().iterator()

    def count(self) -> int:
        if self._result_cache is None:
            self._need_scope()
        return super().count()

    def exists(self) -> bool:
        if self._result_cache is None:
            self._need_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._need_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._need_scope()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._need_scope()
        return super().delete()


# A name of its own, at module level: that is the form in which the type checker can follow `from_queryset`.
_AnsweringScoped = models.Manager.from_queryset(ScopedQuerySet)


class ScopedManager(_AnsweringScoped[M]):
    """`Model.objects` of every room. Reached through a record (`problem.measures`), it is scoped by that record.

    A room with a vocabulary of its own writes `objects: ClassVar = ScopedManager.from_queryset(ProblemQuerySet)()`;
    what such a manager answers is then known by type, also of related managers.
    """

    def get_queryset(self) -> ScopedQuerySet[M]:
        queryset = cast(ScopedQuerySet[M], super().get_queryset())
        queryset._scoped = hasattr(self, "instance")
        return queryset
