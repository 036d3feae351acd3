"""What the office can set about service requests: standards by tier, type and priority, and the targets they serve."""

from __future__ import annotations

from typing import Final

STANDARDS: Final = {
    # by when somebody answers: the first response of a tier (product.md 4.10)
    "std_reply_tier_diamond": "2wh",
    "std_reply_tier_gold": "4wh",
    "std_reply_tier_silver": "8wh",
    "std_reply_tier_regular": "2wd",
    "std_reply_type_presales": "4wh",
    "std_reply_priority_high": "4wh",
    "std_reply_priority_urgent": "2h",
    # by when it is solved
    "std_solve_tier_diamond": "2wd",
    "std_solve_tier_gold": "3wd",
    "std_solve_tier_silver": "5wd",
    "std_solve_tier_regular": "7wd",
    "std_solve_type_consulting": "2wd",
    "std_solve_type_presales": "2wd",
    "std_solve_priority_high": "2wd",
    "std_solve_priority_urgent": "24h",
}
"""Spans by tier, type and priority: "24h", "4wh" (working hours), "3wd" (working days); the strictest holds."""

TARGETS: Final = {
    "target_reply_in_time": 95,
    "target_solve_in_time": 90,
    "target_first_fix": 85,
    "target_satisfied": 90,
}
"""What share of the requests, in %, is to be answered and solved in time, solved at first go, and liked."""

SERVICE_FOLLOW_UP: Final = 2
"""Working days from solving until the customer is asked whether all is well, where the office says nothing else."""

SERVICE_SETTINGS: Final = {
    **STANDARDS,
    **TARGETS,
    "service_follow_up_days": SERVICE_FOLLOW_UP,
    # at most this many points are a sign of displeasure
    "service_low_score": 2,
}

CHECKS: Final = "checks_"
"""A setting of this name and a type of request is the list of what is to be done with such requests."""
