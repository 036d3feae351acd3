"""What an import may do with records that are there, and what only the user can decide: who a row speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from crm_desktop import values
from crm_desktop.i18n import N_

UPDATE, FILL, KEEP, ASK = "update", "fill", "keep", "ask"
EXISTING: Final = {
    UPDATE: N_("Update what is there"),
    FILL: N_("Only fill in what is empty"),
    KEEP: N_("Only add, change nothing that is there"),
    ASK: N_("Ask about everybody who would change"),
}
"""What becomes of records that are there already."""
LEAVE: Final = "leave"

LIKE, SAME_CORE, SAME_PHONE, MISSING, SEVERAL, CHANGES = "like", "core", "phone", "missing", "several", "changes"
CHANGES_PERSON: Final = "changes person"
WHY: Final = {
    LIKE: N_("There is a customer with a similar name."),
    SAME_CORE: N_("Only place or legal form are written differently."),
    SAME_PHONE: N_("A customer with another name has this number."),
    MISSING: N_("There is no customer of this name."),
    SEVERAL: N_("Several customers could be meant."),
    CHANGES: N_("This customer is there already and would change."),
    CHANGES_PERSON: N_("This contact person is there already and would change."),
}
"""Why a question is asked."""
MOST: Final = 500
"""So many questions are asked at most; nobody answers more."""


class Decision(NamedTuple):
    """Who a name means: a customer that is there, or None for a new one; `how` is update, fill or leave.

    `name` is that of a customer the same import brings: its id is another one whenever the rows are judged.
    """

    customer: int | None
    how: str = UPDATE
    name: str = ""


@dataclass
class Question:
    """A name of which only the user knows who is meant, or what becomes of whom it means."""

    word: str
    why: str
    candidates: list[int]
    """Customers (or the contact person) that are there and could be meant, the likeliest first."""
    given: dict[str, Any] = field(default_factory=dict)
    """What the row says about the customer, by field."""
    rows: list[int] = field(default_factory=list)
    new: dict[int, str] = field(default_factory=dict)
    """The names of candidates that come with the same import."""
    changes: list[str] = field(default_factory=list)
    """What would change besides the customer's own fields, in words."""
    taken: int | None = None
    """Who is taken as long as nobody decides; None for a new customer, or nobody."""

    @property
    def would_change(self) -> bool:
        """It is known who is meant: asked is only what becomes of him or her."""
        return self.why in (CHANGES, CHANGES_PERSON)


@dataclass
class Rules:
    """What the user chose for an import, and what is left to decide after judging."""

    existing: str = UPDATE
    create_missing: bool = False
    decisions: dict[str, Decision] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    looked: set[str] = field(default_factory=set)
    """Names for which like ones were looked for."""
    made: dict[str, int] = field(default_factory=dict)
    """Customers that became new ones by decision."""
    missing: dict[str, int] = field(default_factory=dict)
    """Names of customers that are not there, and how many rows were refused for each."""

    def begin(self) -> None:
        """The rows are about to be judged anew."""
        self.questions, self.made, self.looked, self.missing = {}, {}, set(), {}

    def decide(self, word: str, decision: Decision | None) -> None:
        """The user says who is meant by a name (None: asks again)."""
        if decision is None:
            self.decisions.pop(key(word), None)
        else:
            self.decisions[key(word)] = decision

    def decision(self, word: str) -> Decision | None:
        """What was decided about a name."""
        return self.decisions.get(key(word)) if self.decisions else None

    def looks(self, word: str) -> bool:
        """Whether names like this one are to be looked for: once for each name, and not for thousands of them."""
        if key(word) in self.looked or len(self.looked) >= MOST:
            return False
        self.looked.add(key(word))
        return True

    def ask(
        self,
        word: str,
        why: str,
        candidates: Sequence[int],
        row: int,
        taken: int | None,
        given: dict[str, Any],
        new: Mapping[int, str] | None = None,
    ) -> None:
        """Note that somebody should decide; one question a name, however many rows it has."""
        question = self.questions.get(key(word))
        if question is None:
            if len(self.questions) >= MOST:
                return
            question = Question(
                word, why, list(dict.fromkeys(candidates))[:5], dict(given), [], dict(new or {}), taken=taken
            )
            self.questions[key(word)] = question
        if not question.rows or question.rows[-1] != row:
            question.rows.append(row)

    def tell(self, word: str, changes: Sequence[str]) -> None:
        """Note what else would change, beside the question about a name."""
        if question := self.questions.get(key(word)):
            question.changes += [each for each in changes if each not in question.changes]


def key(word: str) -> str:
    """A name as decisions remember it."""
    return values.name_key(word)
