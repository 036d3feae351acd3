"""Names as one office writes them: company names with full-width brackets and a plain legal form, persons unspaced."""

from __future__ import annotations

import re
from typing import Final

_HAN: Final = r"\u3400-\u9fff"
_SIGNS: Final = ",，.。、;；:：!！?？·-—_/\\|*~～ "
"""What nobody means at either end of a Chinese name; quotes and brackets may belong to it."""
_GAP: Final = re.compile(rf"(?<=[{_HAN}（）])\s+(?=[{_HAN}（）])|(?<=（)\s+|\s+(?=）)")
_FORMS: Final = (
    (re.compile(r"（有限）公司|有限（公司）|（有限公司）$"), "有限公司"),
    (re.compile(r"（(?:有限责任|责任有限)）公司|（有限责任公司）$"), "有限责任公司"),
    (re.compile(r"股份（有限）公司|股份（有限公司）"), "股份有限公司"),
    (re.compile(r"(有限(?:责任)?公司)\1+$"), r"\1"),
)
_SPACED_PERSON: Final = re.compile(rf"[{_HAN}](?:\s+[{_HAN}]){{1,3}}|[{_HAN}]{{1,2}}\s+[{_HAN}]{{1,2}}")


def tidy_company(name: str) -> str:
    """A company name with full-width brackets, no gaps inside, 有限公司 spelt plainly and no stray signs at its ends.

    Names without Chinese characters only lose commas and blanks at their ends: a dot may belong to them (Acme Inc.).
    """
    if not re.search(f"[{_HAN}]", name):
        return name.strip(" ,，、;；。") or name
    tidy = _GAP.sub("", name.replace("(", "（").replace(")", "）"))
    for wrong, right in _FORMS:
        tidy = wrong.sub(right, tidy)
    tidy = tidy.lstrip(_SIGNS)
    while tidy and tidy[-1] in _SIGNS and not re.search(r"[A-Za-z]\.$", tidy):
        tidy = tidy[:-1]
    return tidy or name


def tidy_person(name: str) -> str:
    """A Chinese name without the blanks some put between its characters (张 三); what may be two people stays."""
    joined = re.sub(r"\s+", "", name)
    return joined if _SPACED_PERSON.fullmatch(name) and (len(joined) < 4 or name.count(" ") > 1) else name
