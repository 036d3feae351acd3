"""Service recovery (product.md K12–K14): its four steps, its five principles, and the score of a case."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from crm_desktop.i18n import N_

READ: Final = (
    "complainant_is",
    "found_by_us",
    "founded",
    "cause",
    "analysis",
    "whys",
    "solution",
    "apology_at",
    "informed",
    "told_at",
)
"""The stored columns that steps and principles are judged by."""


ASKS: Final = {
    "established": N_("It is decided whether the complaint is founded"),
    "solved": N_("The solution is written down, with the day it was done"),
    "analysed": N_("The cause is chosen, and why it came to that is written down"),
    "improved": N_("There are improvement actions, and all are verified"),
    "prevention": N_("One of the improvement actions is preventive"),
    "promptness": N_("Solved before the deadline"),
    "initiative": N_("Found by ourselves, or answered before the deadline"),
    "apology": N_("The day of the apology is written down"),
    "informed": N_("Told at least twice how it stands, the result included"),
}
"""What each step and principle takes, by its key (msgids)."""


class Mark(NamedTuple):
    """One step or principle: what it asks for, whether it was kept, and when."""

    key: str
    title: str
    """Msgid."""
    done: bool
    on: str


def principles(row: Mapping[str, Any]) -> list[Mark]:
    """Prevention, promptness, initiative, apology, keeping the customer informed: kept or not, with their days.

    `row` holds stored values and the deadlines.
    """
    improvements = json.loads(row["improvements"] or "[]")
    prevented = [one for one in improvements if one.get("kind") == "preventive"]
    informed = json.loads(row["informed"] or "[]")
    told = str(row["told_at"] or "")
    in_time = bool(row["solved_at"] and row["solve_by"] and row["solved_at"] <= row["solve_by"])
    ours = bool(row["found_by_us"]) or row["complainant_is"] == "internal"
    early = bool(row["replied_at"] and row["reply_by"] and row["replied_at"] <= row["reply_by"])
    return [
        Mark("prevention", N_("Prevention"), bool(prevented), str(prevented[0].get("due", "")) if prevented else ""),
        Mark("promptness", N_("Promptness"), in_time, str(row["solved_at"] or "")),
        Mark("initiative", N_("Initiative"), ours or early, str(row["replied_at"] or "")),
        Mark("apology", N_("Apology"), bool(row["apology_at"]), str(row["apology_at"] or "")),
        Mark(
            "informed",
            N_("Customer kept informed"),
            len(informed) + bool(told) >= 2,
            max([str(one.get("on", "")) for one in informed] + [told], default=""),
        ),
    ]


def steps(row: Mapping[str, Any]) -> list[Mark]:
    """Failure established, customer's problem solved, cause found, service improved: each with what it must bring."""
    improvements = json.loads(row["improvements"] or "[]")
    verified = [str(one["verified"]) for one in improvements if one.get("verified")]
    analysed = bool(row["cause"]) and bool(row["analysis"] or row["whys"] not in ("", "[]", None))
    return [
        Mark("established", N_("Service failure established"), bool(row["founded"]), ""),
        Mark(
            "solved",
            N_("Customer's problem solved"),
            bool(row["solved_at"] and row["solution"]),
            row["solved_at"] or "",
        ),
        Mark("analysed", N_("Facts gathered, cause found"), analysed, ""),
        Mark(
            "improved",
            N_("Service improved"),
            bool(improvements) and len(verified) == len(improvements),
            max(verified, default=""),
        ),
    ]


def score(row: Mapping[str, Any]) -> int | None:
    """How many of the five principles were kept, of 100; None before the complaint is solved."""
    if not row["solved_at"]:
        return None
    return 20 * sum(mark.done for mark in principles(row))
