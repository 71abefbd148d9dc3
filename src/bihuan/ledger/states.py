"""The vocabulary of states, and which moves are allowed. The word is what is stored and what is shown."""

from bihuan.core.words import Words


class ProblemState(Words):
    RAISED = "待支委会研究"
    DOING = "整改中"
    CLAIMED = "待核验"
    SENT_BACK = "退回"
    CLOSED = "已销号"
    AGAIN = "再次出现"
    UNSATISFIED = "仍不满意"


class MeasureState(Words):
    NOT_BEGUN = "未开始"
    DOING = "进行中"
    DONE = "已落实"


# Being worked on: measures, progress and evidence may be added.
AT_WORK = frozenset({ProblemState.DOING, ProblemState.SENT_BACK, ProblemState.AGAIN})
OPEN = AT_WORK | {ProblemState.RAISED, ProblemState.CLAIMED}
FINISHED = frozenset({ProblemState.CLOSED, ProblemState.UNSATISFIED})

MOVES: dict[str, frozenset[str]] = {
    ProblemState.RAISED: frozenset({ProblemState.DOING}),
    ProblemState.DOING: frozenset({ProblemState.CLAIMED}),
    ProblemState.SENT_BACK: frozenset({ProblemState.CLAIMED}),
    ProblemState.AGAIN: frozenset({ProblemState.CLAIMED}),
    ProblemState.CLAIMED: frozenset({ProblemState.SENT_BACK, ProblemState.CLOSED}),
    ProblemState.CLOSED: frozenset({ProblemState.AGAIN, ProblemState.UNSATISFIED}),
    ProblemState.UNSATISFIED: frozenset(),
}

# The ring of the look: how far it has closed.
RING = {
    ProblemState.RAISED: "is-raised",
    ProblemState.DOING: "is-doing",
    ProblemState.CLAIMED: "is-claimed",
    ProblemState.SENT_BACK: "is-sent-back",
    ProblemState.CLOSED: "is-closed",
    ProblemState.AGAIN: "is-again",
    ProblemState.UNSATISFIED: "is-closed",
}
