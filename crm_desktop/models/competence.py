"""The nine abilities of service staff (product.md C20): who was assessed how, and the training that follows."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from crm_desktop.i18n import N_, _
from crm_desktop.models.base import Record
from crm_desktop.models.fields import Date, Integer, Link, LongText, Person, Text
from crm_desktop.models.manifold import Rows
from crm_desktop.store.record import Row

ABILITIES: Final = {
    "responding": N_("Responding promptly"),
    "understanding": N_("Understanding"),
    "listening": N_("Listening"),
    "parting": N_("Ending a relation to satisfaction"),
    "beyond": N_("Meeting beyond the meeting"),
    "honesty": N_("Integrity and openness"),
    "comforting": N_("Comforting"),
    "boundary": N_("Standing between customer and office"),
    "attitude": N_("Attitude"),
}
"""及时回应, 理解, 倾听, 满意地中止关系, 会外之会, 正直坦诚, 宽慰, 边界角色, 态度 (document 3, chapter 7.2)."""
CHECKS: Final = {
    "responding": N_("Answers within the time that was promised; calls back without being asked."),
    "understanding": N_("Says in own words what the customer means, and is confirmed."),
    "listening": N_("Lets people finish, asks, and writes down what was said."),
    "parting": N_("Ends a case or a contract so that the customer would come again."),
    "beyond": N_("Keeps in touch outside of meetings, and learns there what is not said in them."),
    "honesty": N_("Says what is known and what is not; keeps promises, admits mistakes."),
    "comforting": N_("Calms an angry or worried customer before solving the problem."),
    "boundary": N_("Stands up for the customer in the office and for the office with the customer."),
    "attitude": N_("Friendly, patient and willing, also on the tenth call of the day."),
}
"""What an assessor looks at (msgids)."""
LEAST, MOST = 1, 5


class Ability(Text):
    """One of the nine abilities, stored by its key; empty for none of them."""

    def show(self, value: Any) -> str:
        return _(ABILITIES.get(value, value)) if value else ""


class Assessment(Record):
    """How one colleague was assessed on a day: the nine abilities from 1 to 5, each with a remark."""

    title = N_("Assessment")
    colleague = Person(N_("Colleague"), required=True)
    day = Date(N_("Assessed on"), required=True)
    assessor = Person(N_("Assessor"))
    scores = Rows(
        N_("Scores"),
        {
            "ability": Ability(N_("Ability")),
            "score": Integer(N_("Score"), least=LEAST, most=MOST),
            "remark": Text(N_("Remark"), width=30),
        },
    )
    remark = LongText(N_("Remark"))

    class Meta:
        indexes = ((("colleague", "day", "id"), False),)

    @classmethod
    def complete(cls, rows: list[Row], user: int | None, now: str) -> None:
        super().complete(rows, user, now)
        for row in rows:
            row["day"] = row["day"] or now[:10]
            row["assessor"] = row["assessor"] or user

    @classmethod
    def problems(cls, row: Row, changed: Collection[str]) -> dict[str, str]:
        found = super().problems(row, changed)
        if "scores" in changed and not any(one.get("score") for one in cls.scores.python_value(row["scores"])):
            found.setdefault("scores", _("Give at least one score from 1 to 5."))
        return found

    def by_ability(self) -> dict[str, dict[str, Any]]:
        """The scored abilities, by key of ABILITIES."""
        return {str(one.get("ability")): one for one in self.scores if one.get("score")}


class Training(Record):
    """What a colleague is to learn, until when, and whether it was done."""

    title = N_("Training")
    colleague = Person(N_("Colleague"), required=True)
    ability = Ability(N_("Ability"))
    """Key of ABILITIES; empty for anything else."""
    topic = Text(N_("Topic"), required=True, width=24)
    due = Date(N_("Due"), future=True)
    done = Date(N_("Done"))
    result = LongText(N_("What it brought"))
    assessment = Link(N_("Assessment"), "assessment")

    class Meta:
        indexes = ((("colleague", "due", "id"), False),)


# what is still to be learnt, few among many
Training.add_index(Training.due, Training.colleague, where=Training.done.is_null(), name="training_open")
