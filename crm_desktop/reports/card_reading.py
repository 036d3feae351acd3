"""What the card of a customer says, read in one go; values as the fields themselves show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from crm_desktop import timeline
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.listing import Filter, Listing
from crm_desktop.models import Complaint, Contact, Customer, Interaction, ServiceRequest, lists, people
from crm_desktop.models.base import Record
from crm_desktop.models.office import setting
from crm_desktop.store import file
from crm_desktop.values import show_date, show_datetime, show_money, show_number

Rows = list[tuple[str, ...]]
Pairs = list[tuple[str, str]]
CONTACTS = 12
CASES = 5
SURVEYS = 3
TEXT_MOST = 160
"""So many characters of what was said; the whole of it is in the program."""

_REACH = ("phones", "email", "wechat", "wecom", "qq", "dingtalk", "website", "region", "addresses")
_COMPANY = ("short_name", "industry", "size", "source", "credit_code", "legal_rep", "parent", "payment_terms",
            "credit_limit", "credit_days", "discount", "tags")  # fmt: skip
_BILLING = ("bill_name", "bill_tax_no", "bill_address", "bill_bank", "bill_account", "bill_kind", "bill_email")
_CARE = ("channel", "good_time", "liked_products", "liked_service", "speaks", "taboos", "consents", "anniversaries",
         "remarks")  # fmt: skip


@dataclass(frozen=True)
class Data:
    """All that one customer card says, as people read it; nothing of it needs the customer file any more."""

    title: str
    """The customer's name."""
    code: str
    office: str
    printed_at: datetime
    badges: str
    """Number, tier with its sign, stage and owner."""
    pinned: str
    figures: Pairs
    groups: list[tuple[str, Pairs]]
    people: Rows = field(default_factory=list)
    needs: Rows = field(default_factory=list)
    contacts: Rows = field(default_factory=list)
    complaints: Rows = field(default_factory=list)
    requests: Rows = field(default_factory=list)
    surveys: Rows = field(default_factory=list)


def read(customer: int, now: datetime) -> Data:
    """Read everything about a customer; `now` is office time. UserError if the customer is gone."""
    record = Customer.get_row(customer)
    if record is None:
        raise UserError(_("This customer is no longer there; a colleague may have deleted it."))
    entry = lists.entry("tier", record.tier)
    tier = f"{entry.sign} {entry.label}".strip() if entry else ""
    badges = [record.code, tier, record.shown("stage"), record.shown("owner")]
    return Data(
        record.name,
        record.code,
        str(setting("office_name")),
        now,
        " · ".join(filter(None, badges)),
        record.pinned,
        _figures(record, now.date()),
        [
            (_("How to reach them"), _pairs(record, _REACH)),
            (_("Next contact"), _next_step(record)),
            (_("Preferences and taboos"), _pairs(record, _CARE)),
            (_("Company"), _pairs(record, _COMPANY)),
            (_("Billing"), _pairs(record, _BILLING)),
        ],
        people=_people(customer),
        needs=_needs(record),
        contacts=_contacts(customer),
        complaints=_cases(customer, Complaint, timeline.COMPLAINTS),
        requests=_cases(customer, ServiceRequest, timeline.REQUESTS),
        surveys=_surveys(customer),
    )


def _pairs(record: Record, names: Iterable[str]) -> Pairs:
    described = record.described()
    shown = ((name, _shown(record, name)) for name in names)
    return [(_(described[name].label), text) for name, text in shown if text]


def _shown(record: Record, name: str) -> str:
    """A field as people read it; behind a link the name."""
    if name in record.links:
        linked = getattr(record, name)
        return str(file.one(f'SELECT name FROM "{record.links[name][0]}" WHERE id = ?', (linked,)) or "")
    return record.shown(name)


def _next_step(record: Customer) -> Pairs:
    """What was agreed on: on the customer, and the earliest next step of a contact that nothing has followed yet."""
    found = []
    if record.next_contact_at or record.next_contact_what:
        found.append((show_datetime(record.next_contact_at), record.next_contact_what))
    step = str(record.next_step_at or "")
    if step and step[:10] != str(record.next_contact_at or "")[:10]:
        what = file.one(
            "SELECT next_what FROM interaction WHERE customer = ? AND next_at = ? ORDER BY id DESC LIMIT 1",
            (record.id, step),
        )
        found.append((show_datetime(step), what or _("Contact the customer")))
    return [(when or _("No day agreed"), str(what)) for when, what in found]


def _figures(record: Customer, today: date) -> Pairs:
    year = Filter("at", "from", (today - timedelta(days=365)).isoformat())
    contacts = Listing(Interaction, sort="at").only(Filter("customer", "in", [record.id]), year).count()
    last = record.last_contact_at
    return [
        (_("Customer since"), show_date(record.since) or "–"),
        (_("Annual sales"), show_money(record.annual_sales, short=True) or "–"),
        (_("Contacts in the last 12 months"), show_number(contacts)),
        (_("Last contact"), show_date(last) or _("never")),
        (_("Open complaints"), show_number(record.open_complaints)),
        (_("Completeness"), f"{record.completeness or 0}%"),
    ]


def _people(customer: int) -> Rows:
    """The contact persons as their tab lists them: those who have left last."""
    places = file.ask(
        'SELECT contact, job, department, "left" FROM position WHERE customer = ? ORDER BY "left", "primary" DESC, id',
        (customer,),
    )
    persons = file.rows(Contact.table(), [contact for contact, *_rest in places])
    rows: Rows = []
    for contact, job, department, left in places:
        person = Contact.from_row(persons[contact])
        name = " ".join(filter(None, [person.name, person.shown("salutation")]))
        likes = _(", ").join(filter(None, (person.shown(n) for n in ("hobbies", "diet", "good_time"))))
        rows.append(
            (
                _("{name} (has left)").format(name=name) if left else name,
                " ".join(filter(None, [department, job])),
                person.shown("role"),
                _numbers(person.phones),
                person.wechat,
                person.shown("birthday"),
                likes,
            )
        )
    return rows


def _numbers(phones: list[dict[str, Any]]) -> str:
    """Phone numbers, one a line, with their notes; a fax number says that it is one."""
    columns = Contact.phones.columns
    return "\n".join(
        " ".join(columns[n].show(row[n]) for n in columns if row.get(n) and (n != "type" or row[n] == "fax"))
        for row in phones
    )


def _needs(record: Customer) -> Rows:
    columns = Customer.needs.columns
    return [tuple(column.show(row.get(name)) for name, column in columns.items()) for row in record.needs]


def _contacts(customer: int) -> Rows:
    return [
        (
            entry.at[:10],
            lists.label("channel", entry.channel),
            " → ".join(filter(None, _direction(entry))),
            _short(entry.text),
            " ".join(filter(None, [entry.next_at[:10], entry.next_what])),
        )
        for entry in timeline.page(customer, timeline.CONTACTS, limit=CONTACTS)
    ]


def _direction(entry: timeline.Entry) -> Sequence[str]:
    both = (people.name(entry.by), entry.contact)
    return both[::-1] if entry.direction == "in" else both


def _cases(customer: int, model: type[Record], kind: str) -> Rows:
    """The last complaints or service requests: what, how it stands, what was done, by whom."""
    described = model.described()
    return [
        (
            entry.code,
            entry.at[:10],
            _short(entry.text),
            described["state"].show(entry.state),
            _short(entry.answer),
            people.name(entry.by),
        )
        for entry in timeline.page(customer, kind, limit=CASES)
    ]


def _surveys(customer: int) -> Rows:
    """What the customer answered in the last surveys: the scores, and its own words."""
    rows: Rows = []
    for asked, at, name, overall, nps in file.ask(
        "SELECT s.id, s.answered_at, r.name, s.overall, s.nps FROM survey_asked s JOIN survey_run r ON r.id = s.run"
        " WHERE s.customer = ? AND s.state = 'answered' ORDER BY s.answered_at DESC, s.id DESC LIMIT ?",
        (customer, SURVEYS),
    ):
        words = file.ask("SELECT words FROM survey_answer WHERE asked = ? AND score IS NULL ORDER BY id", (asked,))
        scores = ("" if overall is None else f"{overall} / 5", "" if nps is None else f"{nps} / 10")
        rows.append((at[:10], name, *scores, _short(" · ".join(text for (text,) in words))))
    return rows


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= TEXT_MOST else f"{line[: TEXT_MOST - 1]}…"
