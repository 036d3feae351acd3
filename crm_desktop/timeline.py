"""What happened with a customer, newest first: contacts, complaints, service … in one line of time, page by page."""

from __future__ import annotations

from typing import Any, NamedTuple

from crm_desktop.store import file

CONTACTS, COMPLAINTS, REQUESTS, FEEDBACK = "interaction", "complaint", "service_request", "feedback"
SURVEYS = "survey_asked"
PAGE = 100


class Entry(NamedTuple):
    """One contact, complaint, service request or piece of feedback; what does not apply is empty."""

    table: str
    id: int
    at: str
    channel: str
    by: int | None
    """The colleague who wrote or handles it."""
    contact: str
    """The contact person's or complainant's name."""
    direction: str
    text: str
    next_at: str
    next_what: str
    mood: str
    """How the customer felt; of feedback and requests their kind; of survey answers the overall score."""
    code: str
    state: str
    """Of survey answers how likely the customer would recommend us."""
    answer: str
    """What was done about a complaint or request, or replied to feedback."""


class Head(NamedTuple):
    """What stands above the line of time."""

    next_at: str
    next_what: str
    contacts: int
    complaints: int
    requests: int
    feedback: int


_CONTACTS = """
    SELECT 'interaction', i.id, i.at, i.channel, i."by", coalesce(k.name, ''), i.direction,
        CASE WHEN i.subject <> '' AND i.content <> i.subject THEN i.subject || char(10) || i.content ELSE i.content END,
        coalesce(i.next_at, ''), i.next_what, i.mood, i.code, '', ''
    FROM interaction i LEFT JOIN contact k ON k.id = i.contact
    WHERE i.customer = ? AND (i.at, i.id) < (?, ?) {text} ORDER BY i.at DESC, i.id DESC LIMIT ?
"""
_COMPLAINTS = """
    SELECT 'complaint', i.id, i.received_at, i.channel, i.owner, coalesce(nullif(i.complainant, ''), k.name, ''), '',
        i.description, '', '', '', i.code, i.state, i.solution
    FROM complaint i LEFT JOIN contact k ON k.id = i.contact
    WHERE i.customer = ? AND (i.received_at, i.id) < (?, ?) {text} ORDER BY i.received_at DESC, i.id DESC LIMIT ?
"""
_REQUESTS = """
    SELECT 'service_request', i.id, i.received_at, i.channel, i.owner, coalesce(nullif(i.caller, ''), k.name, ''), '',
        CASE WHEN i.subject <> '' AND i.description <> i.subject THEN i.subject || char(10) || i.description
            ELSE i.description END,
        '', '', i.type, i.code, i.state, i.solution
    FROM service_request i LEFT JOIN contact k ON k.id = i.contact
    WHERE i.customer = ? AND (i.received_at, i.id) < (?, ?) {text} ORDER BY i.received_at DESC, i.id DESC LIMIT ?
"""
_FEEDBACK = """
    SELECT 'feedback', i.id, i.at, i.channel, i.owner, coalesce(nullif(i.who, ''), k.name, ''), '',
        i.text, '', '', i.kind, i.code, i.state, i.answer
    FROM feedback i LEFT JOIN contact k ON k.id = i.contact
    WHERE i.customer = ? AND (i.at, i.id) < (?, ?) {text} ORDER BY i.at DESC, i.id DESC LIMIT ?
"""
# answers that were said in a contact are told by it
_SURVEYS = """
    SELECT 'survey_asked', i.id, i.answered_at, i.how, i."by", coalesce(k.name, ''), '',
        r.name, '', '', coalesce(CAST(i.overall AS TEXT), ''), i.code, coalesce(CAST(i.nps AS TEXT), ''), i.note
    FROM survey_asked i JOIN survey_run r ON r.id = i.run LEFT JOIN contact k ON k.id = i.contact
    WHERE i.customer = ? AND i.answered_at IS NOT NULL AND i.state = 'answered' AND i.interaction IS NULL
        AND (i.answered_at, i.id) < (?, ?) {text} ORDER BY i.answered_at DESC, i.id DESC LIMIT ?
"""
_ASKED = {
    CONTACTS: _CONTACTS,
    COMPLAINTS: _COMPLAINTS,
    REQUESTS: _REQUESTS,
    FEEDBACK: _FEEDBACK,
    SURVEYS: _SURVEYS,
}
_WORDS = {
    CONTACTS: ("i.content", "i.subject", "i.next_what", "i.code", "k.name"),
    COMPLAINTS: ("i.description", "i.demand", "i.solution", "i.product", "i.code", "i.complainant"),
    REQUESTS: ("i.subject", "i.description", "i.solution", "i.product", "i.serial_no", "i.code", "i.caller"),
    FEEDBACK: ("i.text", "i.answer", "i.product", "i.code", "i.who"),
    SURVEYS: ("r.name", "i.code", "i.note", "k.name"),
}
_END = ("9999", 2**63 - 1)


def page(customer: int, kind: str = "", text: str = "", after: Entry | None = None, limit: int = PAGE) -> list[Entry]:
    """The next entries of a customer: of one kind (CONTACTS, COMPLAINTS …) or all, those with this text."""
    before = (after.at, after.id) if after else _END
    found: list[tuple[Any, ...]] = []
    for table, sql in _ASKED.items():
        if kind not in ("", table):
            continue
        words = " OR ".join(f"instr(lower({column}), lower(?)) > 0" for column in _WORDS[table])
        condition = f"AND ({words})" if text else ""
        wanted = [text] * len(_WORDS[table]) if text else []
        found += file.ask(sql.format(text=condition), (customer, *before, *wanted, limit))
    found.sort(key=lambda row: (row[2], row[1]), reverse=True)
    return [Entry(*row) for row in found[:limit]]


def head(customer: int) -> Head | None:
    """The next contact and how much there is; None when the customer is gone."""
    rows = file.ask(
        "SELECT coalesce(next_contact_at, ''), next_contact_what,"
        " (SELECT count(*) FROM interaction i WHERE i.customer = customer.id),"
        " (SELECT count(*) FROM complaint i WHERE i.customer = customer.id),"
        " (SELECT count(*) FROM service_request i WHERE i.customer = customer.id),"
        " (SELECT count(*) FROM feedback i WHERE i.customer = customer.id) FROM customer WHERE id = ?",
        (customer,),
    )
    return Head(*rows[0]) if rows else None
