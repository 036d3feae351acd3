"""What is to be done with a request of each type: lists the office edits, ticked off on the request (O13)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crm_desktop.i18n import N_, _
from crm_desktop.models import ServiceRequest
from crm_desktop.models.office import put_settings, settings
from crm_desktop.models.service_rules import CHECKS
from crm_desktop.store.change import Change, Gone

READY_MADE: Final = {
    "after_sales.repair": (
        N_("Warranty checked, price told"),
        N_("Appointment confirmed with the customer"),
        N_("Fault reproduced and its cause found"),
        N_("Parts noted down"),
        N_("Tested together with the customer"),
        N_("Customer has signed"),
    ),
    "after_sales.install": (
        N_("Site conditions confirmed"),
        N_("Delivery complete and undamaged"),
        N_("Installed and tested"),
        N_("Customer's people trained"),
        N_("Customer has signed"),
    ),
    "after_sales.maintenance": (
        N_("Appointment confirmed with the customer"),
        N_("Wear parts checked"),
        N_("Test run done"),
        N_("Next maintenance agreed"),
    ),
    "technical": (
        N_("Version and setup noted down"),
        N_("Fault reproduced and its cause found"),
        N_("Customer has tried the solution"),
    ),
    "training": (
        N_("Topic and people agreed"),
        N_("Material sent"),
        N_("Training held"),
        N_("Feedback collected"),
    ),
}
"""Lists to begin with (msgids); an office takes them over when it edits or asks for them."""


def lists() -> dict[str, list[str]]:
    """The checklists of the office by type of request."""
    return {name.removeprefix(CHECKS): list(what) for name, what in settings().items() if name.startswith(CHECKS)}


def save(c: Change, kind: str, what: Sequence[str]) -> None:
    """Write the checklist of a type; requests that are there keep theirs."""
    put_settings(c, {CHECKS + kind: [line.strip() for line in what if line.strip()]})


def ready_made() -> dict[str, list[str]]:
    """The lists to begin with, in the language that is spoken now."""
    return {kind: [_(line) for line in lines] for kind, lines in READY_MADE.items()}


def tick(c: Change, request: int, what: str, done: bool) -> ServiceRequest:
    """Tick one step off, or take its tick back; who and when is kept. Gone when request or step are not there."""
    record = ServiceRequest.get_row(request)
    if record is None or all(one.get("what") != what for one in record.checks):
        raise Gone(_("This step of the checklist is not there any more. Look again."))
    checks = [_ticked(c, one, done) if one.get("what") == what else one for one in record.checks]
    return c.save(record, {"checks": checks})  # type: ignore[no-any-return]


def _ticked(c: Change, one: dict[str, object], done: bool) -> dict[str, object]:
    if bool(one.get("done")) == done:
        return one
    return {"what": one["what"], "done": c.at, "by": c.user} if done else {"what": one["what"]}


def state(request: ServiceRequest) -> tuple[int, int]:
    """How many steps are ticked off, and how many there are."""
    return sum(1 for one in request.checks if one.get("done")), len(request.checks)
