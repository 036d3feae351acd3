"""Satisfaction surveys (product.md S01, 4.5): templates with their questions, and runs that ask a part of customers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _, language
from crm_desktop.models.base import Record, give_codes, search_text, searched
from crm_desktop.models.fields import Date, Integer, Link, LongText, Name, Person, Text, YesNo
from crm_desktop.models.manifold import Rows, Texts
from crm_desktop.store import file
from crm_desktop.store.record import Row, chunks
from crm_desktop.values import Reading

Item = dict[str, Any]
"""One question of a template: key, kind, zh, en, area, options_zh, options_en, needed, overall."""

SCALE, NPS, CHOICE, TEXT = "scale", "nps", "choice", "text"
KINDS: Final = {
    SCALE: N_("1 to 5"),
    NPS: N_("0 to 10 (recommend)"),
    CHOICE: N_("Choice"),
    TEXT: N_("Text"),
}
"""Kinds of question (msgids)."""
LIMITS: Final = {SCALE: (1, 5), NPS: (0, 10)}
"""The lowest and the highest answer to a scored question."""
SCALE_WORDS: Final = (
    N_("very dissatisfied"),
    N_("dissatisfied"),
    N_("neither nor"),
    N_("satisfied"),
    N_("very satisfied"),
)
"""What 1 to 5 mean (msgids)."""
AREAS: Final = {
    "overall": N_("Overall"),
    "product": N_("Product"),
    "quality": N_("Quality"),
    "price": N_("Price"),
    "delivery": N_("Delivery"),
    "attitude": N_("Service attitude"),
    "response": N_("Speed of response"),
    "after_sales": N_("After-sales service"),
    "channel": N_("Ways to reach us"),
    "ability": N_("Ability of our people"),
    "other": N_("Other"),
}
"""What a question is about (product.md 4.5)."""
OPEN, CLOSED = "open", "closed"
RUN_STATES: Final = {OPEN: N_("Running"), CLOSED: N_("Ended")}


class Fixed(Text):
    """One of a few words the program knows, stored by its code."""

    def __init__(self, label: str, words: dict[str, str], **options: Any) -> None:
        super().__init__(label, **options)
        self.among = words

    def show(self, value: Any) -> str:
        return _(self.among[value]) if value in self.among else str(value or "")

    def read(self, written: object) -> Reading:
        """A code by its word in the current language."""
        found = super().read(written)
        code = next((code for code, word in self.among.items() if found.value in (code, word, _(word))), None)
        if code is None and found.value:
            known = _(", ").join(_(word) for word in self.among.values())
            raise UserError(_("“{text}” is not in the list. Known: {known}.").format(text=found.value, known=known))
        return Reading(code or "", None)

    def check(self, value: Any) -> None:
        if value and value not in self.among:
            raise UserError(_("“{text}” is not known here.").format(text=value))


class SurveyTemplate(Record):
    """A questionnaire; one that was used stays as it was asked, and its next version gets the changes."""

    title = N_("Survey template")

    name = Name(N_("Title"), required=True)
    name_en = Text(N_("English name"), width=20)
    purpose = LongText(N_("What it is for"))
    languages = Texts(N_("Languages"))
    items = Rows(
        N_("Questions"),
        {
            "key": Text(N_("Key")),
            "kind": Fixed(N_("Kind of question"), KINDS),
            "zh": Text(N_("In Chinese"), width=30),
            "en": Text(N_("In English"), width=30),
            "area": Fixed(N_("About"), AREAS),
            "options_zh": LongText(N_("Choices in Chinese")),
            "options_en": LongText(N_("Choices in English")),
            "needed": YesNo(N_("Needed")),
            "overall": YesNo(N_("Overall")),
        },
    )
    version = Integer(N_("Version"), default=1)
    family = Text("", index=True)
    """The same in all versions of a template."""
    active = YesNo(N_("Active"), default=True)

    class Meta:
        table_name = "survey_template"

    @property
    def called(self) -> str:
        """Its name in the current language."""
        return str((self.name_en if language() == "en" else "") or self.name)

    @classmethod
    def complete(cls, rows: list[Row], user: int | None, now: str) -> None:
        super().complete(rows, user, now)
        for row in rows:
            row["family"] = row["family"] or str(row["id"])


class SurveyRun(Record):
    """One survey: a template asked of a part of the customers until a day."""

    title = N_("Survey")
    searchable = True

    code = Text(N_("Survey no."), search="text", unique=True, computed=True, headings="调查编号")
    name = Name(N_("Title"), required=True, width=24, headings="调查名称 标题")
    template = Link(N_("Template"), "survey_template", required=True, end="cascade")
    started_on = Date(N_("Started on"), required=True, index=True, headings="开始日期")
    due = Date(N_("Ask until"), future=True, headings="截止日期")
    owner = Person(N_("Who asks"), index=True, wanted=True, headings="负责人")
    state = Fixed(N_("State"), RUN_STATES, default=OPEN)
    product = Text(
        N_("Product"), help=N_("Which product or service it is about, if one."), search="text", headings="产品"
    )
    whom = Text(N_("Who was chosen"), width=24)
    """In words: the filters, and how the sample was drawn."""
    segment = Text("")
    """As JSON: text and filters of the customer list, how the sample was drawn, its number and its seed."""
    closed_on = Date(N_("Ended on"))
    remarks = LongText(N_("Remarks"), search="text", headings="备注")

    by_steps = frozenset({"state", "closed_on", "template", "segment", "whom"})
    sections = (
        (N_("Survey"), ("name", "template", "owner", "started_on", "due", "product", "whom", "remarks")),
        (N_("More"), ("state", "closed_on")),
    )

    class Meta:
        table_name = "survey_run"
        indexes = ((("state", "due", "id"), False),)

    @classmethod
    def complete(cls, rows: list[Row], user: int | None, now: str) -> None:
        super().complete(rows, user, now)
        give_codes(rows, cls.table(), "DC", now)
        for row in rows:
            row["started_on"] = row["started_on"] or now[:10]

    @classmethod
    def affects(cls, rows: Sequence[Row]) -> dict[str, set[int]]:
        """Whom a survey that ends, or goes on, had still to ask is due again, or is not; its day and product are theirs."""
        states: dict[int, set[tuple[Any, ...]]] = defaultdict(set)
        for row in rows:
            states[row["id"]].add((row["state"], row["due"], row["product"]))
        turned = [i for i, seen in states.items() if len(seen) > 1]
        if not turned:
            return {}
        sql = (
            "SELECT b.id FROM survey_asked a JOIN survey_asked b ON b.customer = a.customer"
            " WHERE a.run IN (SELECT value FROM json_each(?))"
        )
        return {"survey_asked": {i for (i,) in file.ask(sql, (json.dumps(turned),))}}

    @classmethod
    def hays(cls, ids: Sequence[int]) -> Iterable[tuple[int, str]]:
        for part in chunks(ids):
            for i, row in file.rows(cls.table(), part, searched(cls)).items():
                yield i, search_text(cls, row)


def scored(item: Item) -> bool:
    """Whether answers to a question are numbers."""
    return item.get("kind") in LIMITS


def words(item: Item, lang: str = "") -> str:
    """A question in a language (the current one if empty), or in the other where it has no words there."""
    first, second = ("en", "zh") if (lang or language()) == "en" else ("zh", "en")
    return str(item.get(first) or item.get(second) or item.get("key", ""))


def options(item: Item, lang: str = "") -> list[str]:
    """The choices of a question in a language; their place from 1 on is what is stored."""
    chinese = str(item.get("options_zh", "")).splitlines()
    english = str(item.get("options_en", "")).splitlines()
    first, second = (english, chinese) if (lang or language()) == "en" else (chinese, english)
    number = max(len(first), len(second))
    return [next((each[n] for each in (first, second) if n < len(each) and each[n]), "") for n in range(number)]


def overall_of(items: Sequence[Item]) -> str:
    """The key of the question that says how content a customer is altogether; empty when none is marked."""
    return next((str(item["key"]) for item in items if item.get("overall")), "")


def recommending(items: Sequence[Item]) -> str:
    """The key of the question whether a customer would recommend us; empty when there is none."""
    return next((str(item["key"]) for item in items if item.get("kind") == NPS), "")
