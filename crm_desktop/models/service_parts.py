"""What belongs to service requests: the steps of their course, and solutions that help again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from crm_desktop.i18n import N_
from crm_desktop.models.base import Record, search_text, searched
from crm_desktop.models.fields import Choice, Date, DateTime, Integer, Link, LongText, Person, Text
from crm_desktop.store import file
from crm_desktop.store.record import Row, chunks


class ServiceStep(Record):
    """One step of a request's course: from which state to which, who, when and why; written by service.moves."""

    title = N_("Step of a service request")
    request = Link(N_("Service request"), "service_request", end="cascade", required=True, index=False)
    at = DateTime(N_("Time"), required=True)
    by = Person(N_("By"))
    move = Text(N_("Step"))
    before = Choice(N_("State before"), "request_state")
    after = Choice(N_("State after"), "request_state")
    why = LongText(N_("Why"))
    until = Date(N_("Until"), future=True)

    class Meta:
        table_name = "service_step"
        indexes = ((("request", "at", "id"), False),)

    @classmethod
    def affects(cls, rows: Sequence[Row]) -> dict[str, set[int]]:
        return {"service_request": {row["request"] for row in rows}}


class ServiceNote(Record):
    """A reusable solution: what helped once and helps again."""

    title = N_("Reusable solution")
    searchable = True
    derives = True

    name = Text(N_("Title"), required=True, search="name", width=24)
    type = Choice(N_("Type of request"), "request_type")
    words = Text(N_("Key words"), search="name", help=N_("What else it is to be found by, separated by spaces."))
    text = LongText(N_("Solution"), required=True, search="text")
    used = Integer(N_("Used"), computed=True, default=0)

    sections = ((N_("Reusable solution"), ("name", "type", "words", "text")),)

    class Meta:
        table_name = "service_note"
        indexes = ((("used", "id", "type"), False),)  # what helps with a request is found without the texts

    @classmethod
    def derive(cls, ids: Sequence[int], fresh: Collection[int] = ()) -> None:
        for part in chunks(ids):
            marks = ",".join("?" * len(part))
            counted = dict(
                file.ask(
                    f"SELECT solution_note, count(*) FROM service_request WHERE solution_note IN ({marks})"
                    " GROUP BY solution_note",
                    part,
                )
            )
            rows = file.rows(cls.table(), part, ["used"])
            changed = [(counted.get(i, 0), i) for i, row in rows.items() if row["used"] != counted.get(i, 0)]
            if changed:
                file.connection().executemany("UPDATE service_note SET used=? WHERE id=?", changed)

    @classmethod
    def hays(cls, ids: Sequence[int]) -> Iterable[tuple[int, str]]:
        for part in chunks(ids):
            for i, row in file.rows(cls.table(), part, searched(cls)).items():
                yield i, search_text(cls, row)
