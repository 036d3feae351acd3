"""What the office can set about complaints, with the standards of product.md 4.6 and 4.10."""

from __future__ import annotations

from typing import Final

SLA: Final = {
    # by when the customer knows that we have it: the first response of a tier, the answer time of a severity
    "sla_acknowledge_diamond": "2wh",
    "sla_acknowledge_gold": "4wh",
    "sla_acknowledge_silver": "8wh",
    "sla_acknowledge_regular": "2wd",
    "sla_acknowledge_normal": "24h",
    "sla_acknowledge_major": "12h",
    "sla_acknowledge_urgent": "2h",
    # by when the customer hears what we found
    "sla_reply_diamond": "24h",
    "sla_reply_gold": "",
    "sla_reply_silver": "",
    "sla_reply_regular": "",
    "sla_reply_normal": "2wd",
    "sla_reply_major": "2wd",
    "sla_reply_urgent": "4h",
    "sla_solve_diamond": "2wd",
    "sla_solve_gold": "3wd",
    "sla_solve_silver": "5wd",
    "sla_solve_regular": "7wd",
    "sla_solve_normal": "3wd",
    "sla_solve_major": "5wd",
    "sla_solve_urgent": "24h",
}
"""Deadlines of complaints by tier and by severity: "24h", "4wh" (working hours), "3wd" (working days), "" for none."""

ROLES: Final = ("staff", "lead", "manager")
"""Roles from the smallest allowance to the largest; a manager has no limit."""

COMPLAINT_SETTINGS: Final = {
    **SLA,
    # working days from solving to the follow-up
    "follow_up_days": 3,
    # days without a word after the follow-up was due: silence is a sign of displeasure, too
    "silence_days": 14,
    # days after which feedback that nobody has replied to is told of
    "feedback_days": 3,
    # days after which a colleague's abilities are assessed again; 0 for never
    "assess_days": 182,
    # texts to customers as the office wants them, by kind and language; empty for the ready-made one (complaints.letters)
    **dict.fromkeys(
        (f"letter_{kind}_{tongue}" for kind in ("acknowledgement", "result", "apology") for tongue in ("zh_CN", "en")),
        "",
    ),
    # compensation in fen that a role may grant alone
    "compensation_staff": 200_00,
    "compensation_lead": 2_000_00,
}

SURVEY_EVERY: Final = {
    "survey_every_diamond": 182,
    "survey_every_gold": 182,
    "survey_every_silver": 182,
    "survey_every_regular": 365,
}
"""After how many days a customer of a tier is asked again how content it is; 0 for never (product.md 4.10)."""

SURVEY_SETTINGS: Final = {
    **SURVEY_EVERY,
    # an answer to the overall question of at most so many points is a sign of displeasure (product.md 4.5)
    "survey_low": 2,
    # the same of the question whether we are recommended
    "survey_low_nps": 6,
}
