"""A survey from its start to its end: who is asked, what was answered, who was not reached or would rather not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from crm_desktop import contacting
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.models import SurveyAsked, SurveyRun
from crm_desktop.models.survey import CLOSED, OPEN
from crm_desktop.models.survey_asked import ANSWERED, ASKED, DECLINED, ENDED, NOT_REACHED, TO_ASK, WAITING
from crm_desktop.satisfaction import templates
from crm_desktop.satisfaction.sampling import Choice, in_words
from crm_desktop.store import file
from crm_desktop.store.change import Change, Gone
from crm_desktop.store.record import chunks

START, ANSWER, MISSED, REFUSED = (
    N_("Start a survey"),
    N_("Write down survey answers"),
    N_("Survey: not reached"),
    N_("Survey: declined"),
)
END, SENT, MORE = N_("End a survey"), N_("Survey sheets sent"), N_("Ask more customers")
SPOKEN: Final = {"phone": "phone", "visit": "visit", "wechat": "wechat", "email": "email"}
"""Ways in which an answer is a contact as well, with the channel it is written down under."""


def start(c: Change, template: int, values: Mapping[str, Any], customers: Sequence[int], choice: Choice) -> SurveyRun:
    """Start a survey of these customers. UserError when it would ask nobody."""
    if not customers:
        raise UserError(_("This survey would ask nobody. Choose other customers."))
    kept = templates.template(template)
    run = c.save(
        SurveyRun,
        {"name": kept.called, **values, "template": kept.id, "whom": in_words(choice), "segment": choice.stored()},
    )
    ask_also(c, run, customers)
    return run


def ask_also(c: Change, run: SurveyRun, customers: Sequence[int]) -> int:
    """Ask these customers, too; how many were not in the survey yet."""
    known = {i for (i,) in file.ask("SELECT customer FROM survey_asked WHERE run = ?", (run.id,))}
    wanted = [i for i in customers if i not in known]
    persons, owners = main_persons(wanted), _owners(wanted)
    c.insert_many(
        SurveyAsked,
        [
            {
                "run": run.id,
                "customer": i,
                "contact": persons.get(i),
                "owner": run.owner or owners.get(i) or c.user,
                "due": run.due,
                "product": run.product,
                "state": TO_ASK,
            }
            for i in wanted
        ],
    )
    return len(wanted)


def main_persons(customers: Sequence[int]) -> dict[int, int]:
    """The main contact person of each customer."""
    found: dict[int, int] = {}
    for part in chunks(customers):
        for customer, contact in file.ask(
            f"SELECT customer, contact FROM position WHERE customer IN ({','.join('?' * len(part))})"
            ' AND "left" = 0 ORDER BY "primary" DESC, id',
            part,
        ):
            found.setdefault(customer, contact)
    return found


def _owners(customers: Sequence[int]) -> dict[int, int | None]:
    return {i: row["owner"] for i, row in file.rows("customer", customers, ["owner"]).items()}


def row_of(asked: int) -> SurveyAsked:
    """A customer in a survey; Gone when a colleague took it out."""
    found = SurveyAsked.get_row(asked)
    if found is None:
        raise Gone(_("This customer was taken out of the survey in the meantime."))
    return found  # type: ignore[no-any-return]


def run_of(row: SurveyAsked) -> SurveyRun:
    """The survey a customer is in."""
    found = SurveyRun.get_row(int(row.run or 0))
    if found is None:
        raise Gone(_("This survey is no longer there; a colleague may have deleted it."))
    return found  # type: ignore[no-any-return]


def not_reached(c: Change, asked: int, note: str = "", logged: bool = True) -> SurveyAsked:
    """Nobody was there: one attempt more, written down as a contact that did not come about."""
    row = row_of(asked)
    if logged:
        text = note or _("Survey: nobody was reached.")
        log(c, row, run_of(row), "phone", text, c.at, outcome="missed")
    state = row.state if row.state in ENDED else NOT_REACHED
    return c.save(row, {"state": state, "attempts": (row.attempts or 0) + 1, "tried_at": c.at})


def declined(c: Change, asked: int, note: str = "", logged: bool = True) -> SurveyAsked:
    """The customer would rather not answer; not asked again before its rhythm says so."""
    row = row_of(asked)
    if logged:
        text = note or _("Survey: the customer would rather not answer.")
        log(c, row, run_of(row), "phone", text, c.at, outcome="refused")
    attempts = (row.attempts or 0) + 1
    state = row.state if row.state == ANSWERED else DECLINED  # what was answered stays answered
    return c.save(row, {"state": state, "attempts": attempts, "tried_at": c.at, "note": note or row.note})


def sent(c: Change, run: int, asked: Sequence[int] | None = None) -> int:
    """Note that forms or a sheet went out to those still to ask; how many."""
    found = [i for (i,) in file.ask("SELECT id FROM survey_asked WHERE run = ? AND state = ? ORDER BY id",
                                    (run, TO_ASK))]  # fmt: skip
    wanted = found if asked is None else [i for i in found if i in set(asked)]
    for i in wanted:
        c.save(row_of(i), {"state": ASKED, "tried_at": c.at})
    return len(wanted)


def end(c: Change, run: SurveyRun, again: bool = False) -> SurveyRun:
    """End a survey, or go on with it `again`: who was not asked by then stays as it is."""
    return c.save(run, {"state": OPEN if again else CLOSED, "closed_on": None if again else c.at[:10]})


def queue(run: int, owner: int | None = None) -> list[int]:
    """Whom to call next: those to ask, then those who were not reached, the longest ago first."""
    mine, whose = ("", []) if owner is None else (" AND (owner = ? OR owner IS NULL)", [owner])
    rows = file.ask(
        f"SELECT id, state, tried_at FROM survey_asked WHERE run = ? AND state IN ('to_ask', 'asked', 'not_reached')"
        f"{mine} ORDER BY id",
        [run, *whose],
    )
    return [i for i, _state, _at in sorted(rows, key=lambda one: (WAITING.index(one[1]), one[2] or "", one[0]))]


def log(c: Change, row: SurveyAsked, run: SurveyRun, channel: str, content: str, at: str, **more: Any) -> int:
    """Write down the contact in which a customer was asked; its id."""
    values = {
        "customer": row.customer,
        "contact": row.contact,
        "at": at,
        "channel": channel,
        "direction": "out",
        "purpose": "survey",
        "subject": f"{run.code} {run.name}",
        "content": content,
        **more,
    }
    return int(contacting.write_down(c, values).id)


def is_running(run: SurveyRun, today: date) -> bool:
    """Whether a survey is open and its last day has not passed."""
    return run.state == OPEN and (not run.due or str(run.due) >= today.isoformat())
