"""Company names made comparable: the same firm written with other brackets, places and legal forms."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from crm_desktop.values.regions import without_place

_FORMS: Final = re.compile(
    r"(?:(?:股份|集团)*有限责任公司|(?:股份|集团|责任)*有限公司|股份公司|(?:控股)?集团公司|(?:股份|集团)?总公司|有限合伙|普通合伙|特殊普通合伙|个人独资企业|"
    r"个体工商户|个体户|个体|集团|公司|总厂|商行|经营部|门市部|工作室|事务所|厂|(?<![饭酒药书])店|coltd|ltd|limited|inc|llc|corporation|corp|gmbh|company|co)$"
)
_BRANCH: Final = re.compile(r"分(?:公司|店|厂|行|部)$")


@lru_cache(maxsize=2000)  # a row of a list is compared by its name in several ways
def name_key(company: str) -> str:
    """The name without blanks, signs, brackets and case: equal keys are the same name."""
    folded = unicodedata.normalize("NFKC", company).casefold()
    key = folded if folded.isalnum() else "".join(filter(str.isalnum, folded))
    return company if key == company else key  # one object for both: a long list has many


@lru_cache(maxsize=5000)  # an import asks for the same name several times
def name_core(company: str) -> str:
    """The part of a company name that tells it from others, for duplicate warnings: no place in front, no legal form
    behind.

    Two firms of different cities may share a core (南京天诚科技, 宁波天诚科技): it is a reason to ask, not to merge.
    """
    core = name_key(company)
    while not _BRANCH.search(core):
        rest = _FORMS.sub("", core)
        if rest == core or len(rest) < 2:
            break
        core = rest
    return without_place(core)
