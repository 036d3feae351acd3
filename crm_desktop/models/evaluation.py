"""A colleague's evaluation for a period (product.md C21, O14): the figures of that day, a comment, a decision."""

from __future__ import annotations

from crm_desktop.i18n import N_
from crm_desktop.models.base import Record
from crm_desktop.models.fields import Date, LongText, Person, Text
from crm_desktop.models.manifold import Rows
from crm_desktop.store.record import Row


class Evaluation(Record):
    """What was said and decided about a colleague's work in a period; the figures stay as they were then."""

    title = N_("Evaluation")
    colleague = Person(N_("Colleague"), required=True)
    start = Date(N_("From"), required=True)
    until = Date(N_("Until"), required=True)
    figures = Rows(
        N_("Figures"),
        {
            "key": Text(""),
            "label": Text(N_("Figure"), width=20),
            "shown": Text(N_("Value")),
            "office": Text(N_("Office")),
        },
    )
    comment = LongText(N_("Comment"))
    decision = LongText(N_("Decision taken"))
    by = Person(N_("Evaluated by"))
    day = Date(N_("Evaluated on"))

    class Meta:
        indexes = ((("colleague", "until", "id"), False),)

    @classmethod
    def complete(cls, rows: list[Row], user: int | None, now: str) -> None:
        super().complete(rows, user, now)
        for row in rows:
            row["by"] = row["by"] or user
            row["day"] = row["day"] or now[:10]
