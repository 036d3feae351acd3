"""What the monthly report says, read in one go: figures from the statistics, rows from the lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from crm_desktop import contact_rhythm, statistics
from crm_desktop.i18n import _
from crm_desktop.listing import Filter, Listing
from crm_desktop.models import Complaint, Customer, Interaction, lists, people
from crm_desktop.models.office import setting
from crm_desktop.reports import feedback_month, service_month, survey_month
from crm_desktop.statistics import Period, complaints, month_before
from crm_desktop.today import Section
from crm_desktop.values import show_birthday, weekday

Rows = list[tuple[str, ...]]
TRENDS = ("contacts_by_month", "complaints_by_month", "time_to_solve", "handling_by_month")
"""Statistics of the twelve months that end with this one; the others are of the month alone."""
OF_THE_MONTH = (
    "customers_by_tier",
    "customers_by_stage",
    "customers_by_industry",
    "customers_by_region",
    "contacts_by_channel",
    "complaints_by_category",
    "complaints_by_cause",
    "handling_by_owner",
    "handling_by_product",
)
NEGLECTED_MOST = 40
DUE_MOST = 300


@dataclass(frozen=True)
class Some:
    """Rows of a list and how many there are altogether, those not among the rows included."""

    rows: Rows = field(default_factory=list)
    count: int = 0


@dataclass(frozen=True)
class Data:
    """All that one monthly report says, as people read it; nothing of it needs the customer file any more."""

    month: str
    owner: str
    """The colleague whose work it is about; empty for everybody's."""
    office: str
    printed_at: datetime
    begun: bool = True
    """False for a month that has not begun: there is nothing to report."""
    so_far: str = ""
    """The day up to which the figures go, while the month is not over."""
    figures: Sequence[statistics.Figure] = ()
    tables: dict[str, statistics.Table] = field(default_factory=dict)
    """The statistics by their keys."""
    by_colleague: statistics.Table | None = None
    new_customers: Rows = field(default_factory=list)
    neglected: Some = field(default_factory=Some)
    handling: Sequence[complaints.Figure] = ()
    """How complaints were handled, in words."""
    complaints: dict[str, Rows] = field(default_factory=dict)
    """ "received" this month; received earlier and "closed" this month; received earlier and still "open"."""
    feedback: feedback_month.Data = field(default_factory=feedback_month.Data)
    requests: service_month.Data = field(default_factory=service_month.Data)
    satisfaction: survey_month.Data = field(default_factory=survey_month.Data)
    due: dict[str, Some] = field(default_factory=dict)


def read(month: str, owner: int | None, now: datetime) -> Data:
    """Read everything about a month; `now` is office time."""
    whose, office = people.name(owner), str(setting("office_name"))
    period, today = Period.month(month), now.date()
    if period.start > today.isoformat():
        return Data(month, whose, office, now, begun=False)
    year = Period(f"{month_before(month, 11)}-01", period.end)
    last_day = min(date.fromisoformat(period.end), today)
    return Data(
        month,
        whose,
        office,
        now,
        so_far=today.isoformat() if today.isoformat() < period.end else "",
        figures=statistics.month_figures(month, owner),
        tables={key: statistics.compute(key, period, owner) for key in OF_THE_MONTH}
        | {key: statistics.compute(key, year, owner) for key in TRENDS},
        by_colleague=_by_colleague(period, owner),
        new_customers=_new_customers(period, owner),
        neglected=_neglected(last_day, owner),
        handling=complaints.figures(period, owner),
        complaints=_complaints(period, owner, last_day),
        feedback=feedback_month.read(period, year, owner),
        requests=service_month.read(period, year, owner, now),
        satisfaction=survey_month.read(period, year, owner),
        due={section.key: _due(section) for section in statistics.due_next_month(month, owner)},
    )


def _by_colleague(period: Period, owner: int | None) -> statistics.Table:
    """Contacts of each colleague by channel; what nobody is named for is the rest of the whole."""
    whole = statistics.compute("contacts_by_channel", period, owner)
    left = {row.key: int(row.values[0] or 0) for row in whole.rows}
    rows = []
    for colleague in statistics.compute("contacts_by_person", period, owner).rows:
        if colleague.key == statistics.NOT_GIVEN:
            counts = dict(left)
        else:
            own = statistics.compute("contacts_by_channel", period, int(colleague.key))
            counts = {row.key: int(row.values[0] or 0) for row in own.rows}
            left = {key: count - counts.get(key, 0) for key, count in left.items()}
        values = tuple(counts.get(row.key, 0) for row in whole.rows)
        rows.append(statistics.Row(colleague.key, colleague.label, (*values, *colleague.values)))
    columns = [statistics.Column(row.key, row.label, row.colour) for row in whole.rows]
    total = tuple(row.values[0] for row in whole.rows)
    return statistics.Table(
        "contacts_by_colleague",
        _("Contacts by colleague"),
        [*columns, statistics.Column("total", _("Total"))],
        rows,
        (*total, *whole.total),
    )


def _new_customers(period: Period, owner: int | None) -> Rows:
    _table, ids = statistics.records("new_customers_by_month", None, period, owner)
    columns = ("code", "name", "tier", "industry", "region", "source", "owner", "since", "created_at")
    rows = Listing(Customer, columns).rows(ids)
    described = Customer.described()
    found = []
    for i in ids:
        values = dict(zip(columns, rows[i], strict=True))
        day = values.pop("since") or values.pop("created_at")[:10]
        values.pop("created_at", None)
        shown = [described[name].show(value) for name, value in values.items()]
        code, name, _tier, industry, region, *rest = shown
        province_and_city = "\n".join(region.split()[:2])
        found.append((code, name, tier(values["tier"]), industry, province_and_city, *rest, day))
    return sorted(found, key=lambda row: row[-1])


def tier(code: str) -> str:
    """A tier with its sign, so that it is told apart in black and white."""
    entry = lists.entry("tier", code)
    return f"{entry.sign} {entry.label}".strip() if entry else code


def _neglected(on: date, owner: int | None) -> Some:
    """Who was not contacted within the rhythm by that day, the worst first."""
    late = contact_rhythm.not_contacted(on, owner)
    shown = late[:NEGLECTED_MOST]
    by = _last_by([one.id for one in shown if one.last], on)
    rows: Rows = [
        (
            one.name,
            tier(one.tier),
            f"{one.days:,}",
            f"{one.every:,}",
            (one.last or _("never"))[:10],
            people.name(by.get(one.id)),
            people.name(one.owner),
        )
        for one in shown
    ]
    return Some(rows, len(late))


def _last_by(customers: Sequence[int], on: date) -> dict[int, int | None]:
    """Who made the last contact with each of these customers up to that day."""
    until = Filter("at", "until", on.isoformat())
    found: dict[int, int | None] = {}
    for customer in customers:
        theirs = Listing(Interaction, ("by",), sort="at", descending=True).only(
            Filter("customer", "in", [customer]), until
        )
        last = theirs.first(1)
        found[customer] = theirs.rows(last)[last[0]][0] if last else None
    return found


_COMPLAINT = (
    "code", "received_at", "customer", "description", "category", "cause", "state", "owner", "solved_at", "closed_at",
)  # fmt: skip


def _complaints(period: Period, owner: int | None, last_day: date) -> dict[str, Rows]:
    """The month's complaints: those received, and of the earlier ones those closed and those still open."""
    ids = {
        column: list(statistics.records("complaints_by_month", None, period, owner, column)[1])
        for column in ("received", "closed", "open")
    }
    received, closed = set(ids["received"]), set(ids["closed"])
    ids["closed"] = [i for i in ids["closed"] if i not in received]
    ids["open"] = [i for i in ids["open"] if i not in received | closed]
    return {key: _complaint_rows(found, last_day) for key, found in ids.items()}


def _complaint_rows(ids: Iterable[int], last_day: date) -> Rows:
    listing = Listing(Complaint, _COMPLAINT)
    wanted = list(ids)
    rows = listing.rows(wanted)
    described = Complaint.described()
    found = []
    for i in wanted:
        values = dict(zip(_COMPLAINT, rows[i], strict=True))
        ended = values["solved_at"] or values["closed_at"]
        end = min(date.fromisoformat(ended[:10]), last_day) if ended else last_day
        days = max(0, (end - date.fromisoformat(values["received_at"][:10])).days)
        why = "\n".join(filter(None, (described[name].show(values[name]) for name in ("category", "cause"))))
        found.append(
            (
                values["code"],
                values["received_at"][:10],
                values["customer"] or "",
                _short(values["description"]),
                why,
                described["state"].show(values["state"]),
                people.name(values["owner"]),
                f"{days:,}",
            )
        )
    return sorted(found, key=lambda row: (row[1], row[0]))


def _short(text: str, most: int = 120) -> str:
    """A text on a few lines of a table; the whole of it is in the program."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _due(section: Section) -> Some:
    """What is due: day, customer, what, who, and whose customer it is or what else is to be known."""
    items = section.items[:DUE_MOST]
    owners = Listing(Customer, ("owner",)).rows([item.customer for item in items if item.customer])
    rows: Rows = []
    for item in items:
        day = (item.due or "")[:10]
        owner = people.name(owners.get(item.customer or 0, (None,))[0])
        shown = f"{day[5:]} {weekday(date.fromisoformat(day))}" if day else ""
        if section.key == "birthdays":
            rows.append((shown, _lunar(day), item.who, item.what, item.customer_name, item.detail, owner))
        else:
            rows.append((shown, item.customer_name, _short(item.what, 80), item.who, item.detail, owner))
    return Some(rows, section.count)


def _lunar(day: str) -> str:
    """That day by the lunar calendar, as people read it."""
    # lazy: the lunar calendar costs start-up time
    from lunar_python import Solar

    lunar = Solar.fromYmd(int(day[:4]), int(day[5:7]), int(day[8:10])).getLunar()
    month = lunar.getMonth()
    return show_birthday(f"lunar:--{abs(month):02}-{lunar.getDay():02}{'+leap' if month < 0 else ''}")
