"""Who may grant which compensation alone (product.md K12, K17): above the limit somebody else approves."""

from __future__ import annotations

from crm_desktop import values
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.models.office import setting
from crm_desktop.store import file

ROLES = {
    "staff": N_("Employee"),
    "lead": N_("Team leader"),
    "manager": N_("Manager"),
}
"""From the smallest allowance to none; an office that names no manager trusts everybody."""


class AboveLimit(UserError):
    """A colleague would grant more than allowed alone."""


def limit(user: int | None) -> int | None:
    """The compensation (fen) a colleague may grant alone; None for any."""
    if file.one("SELECT 1 FROM \"user\" WHERE role = 'manager' AND active = 1 LIMIT 1") is None:
        return None
    role = file.one('SELECT role FROM "user" WHERE id = ?', (user,)) if user is not None else None
    if role == "manager":
        return None
    return int(setting("compensation_lead" if role == "lead" else "compensation_staff"))


def check(user: int | None, amount: int | None) -> None:
    """AboveLimit when a colleague may not grant so much (fen) alone."""
    most = limit(user)
    if amount and most is not None and amount > most:
        raise AboveLimit(
            _("You may grant up to {limit} yourself; {amount} needs the approval of a colleague who may.").format(
                limit=values.show_money(most), amount=values.show_money(amount)
            )
        )
