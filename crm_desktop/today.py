"""What is due: contacts agreed on, open complaints, birthdays, neglected customers, answers owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crm_desktop import contact_rhythm, feedback, staff, working_time
from crm_desktop.birthdays import birthdays
from crm_desktop.complaints import due as due_complaints
from crm_desktop.complaints import signals
from crm_desktop.due import Item, Section, answers_owed, next_contacts, tone
from crm_desktop.i18n import _
from crm_desktop.models import people
from crm_desktop.models.office import settings
from crm_desktop.satisfaction import due as due_surveys
from crm_desktop.service import due as due_requests

__all__ = ["Item", "Section", "Today", "birthdays", "due", "next_contacts", "tone"]

SHOWN = 50
"""So many items of a section are told; `count` says how many there are."""
NEGLECTED_SHOWN = 20


@dataclass(frozen=True)
class Today:
    """All that is due on a day."""

    day: str
    sections: list[Section]
    calendar_lacks: int | None = None
    """The year whose holidays should be known by now and are not."""

    def section(self, key: str) -> Section:
        """The section of that key."""
        return next(section for section in self.sections if section.key == key)


def due(today: date, owner: int | None = None) -> Today:
    """What is due on a day and in the days after it (settings due_days, birthday_days); for one colleague only hers."""
    office = settings()
    until = today + timedelta(days=int(office["due_days"]))
    answers = answers_owed(until, today, owner)
    now = datetime.now()
    moment = now if now.date() == today else datetime(today.year, today.month, today.day)
    extras = (
        feedback.waiting(today, owner, SHOWN),
        staff.due(until, today, owner, SHOWN),
        due_surveys.section(until, today, owner, NEGLECTED_SHOWN),
        _improvements(until, today, owner),
        _signals(today, owner),
    )
    requests = due_requests.open_requests(moment, owner, SHOWN)
    last_birthday = today + timedelta(days=int(office["birthday_days"]))
    return Today(
        today.isoformat(),
        [
            Section("contacts", _("Next contacts"), *next_contacts(until, today, owner, limit=SHOWN)),
            due_complaints.open_complaints(moment, owner, SHOWN),
            *([requests] if requests.count else []),
            Section("answers", _("Answers owed"), answers[:SHOWN], len(answers)),
            Section("birthdays", _("Birthdays"), *birthdays(today, last_birthday, owner, limit=SHOWN)),
            _neglected(today, owner),
            *(extra for extra in extras if extra.count),
        ],
        calendar_lacks=working_time.missing_year(today),
    )


def pressing(now: datetime, owner: int | None, within: int = 30) -> list[Item]:
    """Complaints and service requests whose deadline passes within so many minutes, or passed today; for reminders."""
    found = due_complaints.pressing(now, owner, within) + due_requests.pressing(now, owner, within)
    return sorted(found, key=lambda item: item.due or "")


def _signals(today: date, owner: int | None) -> Section:
    """Signs of displeasure that wait for a decision; nobody has complained."""
    found, count = signals.first_waiting(today, owner, SHOWN)
    items = [
        Item(
            "complaint_signal",
            one.id or one.interaction or one.about or 0,
            one.customer,
            one.customer_name,
            " ".join(one.what[:80].split()),
            people.name(one.owner),
            one.at,
            "due",
            _(signals.SOURCES[one.source]),
        )
        for one in found
    ]
    return Section("signals", _("Signs of displeasure"), items, count)


def _improvements(until: date, today: date, owner: int | None) -> Section:
    """Improvement actions of complaints, of feedback and of surveys."""
    found, more = due_complaints.improvements(until, today, owner), due_surveys.actions(until, today, owner)
    items = sorted([*found.items, *more], key=lambda item: (item.due or "", item.id))
    return Section(found.key, found.title, items[:SHOWN], found.count + len(more))


def _neglected(today: date, owner: int | None) -> Section:
    """Customers not contacted within the rhythm of their tier, the most neglected first."""
    late = contact_rhythm.not_contacted(today, owner, NEGLECTED_SHOWN)
    items = [
        Item("customer", one.id, one.id, one.name, one.text, people.name(one.owner), one.last, "overdue")
        for one in late
    ]
    count = contact_rhythm.count_not_contacted(today, owner)
    return Section("neglected", _("Not contacted in their rhythm"), items, count)
