"""Titles between the rows that say of all below them whose they are (一、华东区, 王芳的客户, A类客户) make a column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Final

from crm_desktop.exchange import words
from crm_desktop.exchange.contents import is_place
from crm_desktop.exchange.reading import Cell, Row, Sheet
from crm_desktop.exchange.rows import NOTE, SECTION, TITLE, filled
from crm_desktop.exchange.table import Table
from crm_desktop.exchange.words import CONTACTS, CUSTOMERS, Target
from crm_desktop.models.customer import Customer
from crm_desktop.values import clean, plain, read_region
from crm_desktop.values.persons import is_company, is_person

_REGION, _OWNER, _TIER, _TAGS, _FIRM, _DEPARTMENT = "region", "owner", "tier", "tags", "firm", "department"
_SOMEONE: Final = "someone"
"""A name and nothing else: of a colleague, unless other titles beside it are none."""
_CALLED: Final = {
    _REGION: ("所在地区", "Region"),
    _OWNER: ("业务员", "Owner"),
    _TIER: ("客户等级", "Tier"),
    _TAGS: ("分组", "Tags"),
    _FIRM: ("公司名称", "Company"),
    _DEPARTMENT: ("部门", "Department"),
}
"""What the new column is called, in the language of the list: words that are recognised again."""
_SHARED: Final = (
    "owner", "account_manager", "department", "region", "tier", "stage", "kind", "relation", "industry", "size",
    "source", "payment_terms", "price_level", "tags", "parent",
)  # fmt: skip
"""What many customers have in common, so that a title can tell it: 业务员：王芳, but not 备注：以上为老客户."""
_OVER: Final = ("分组行", "Titles of parts")
_NUMBER: Final = re.compile(
    r"^[\s\-=*#■◆●★【\[]*(?:第?[一二三四五六七八九十百\d]{1,3}(?:部分|类)?\s*[、.:)]|\([一二三四五六七八九十\d]{1,3}\))?\s*"
)
_COUNTED: Final = re.compile(r"[\s(\[【]*共?\s*\d+\s*[家个户人位名条]\s*[)\]】]*$|[\s:\-=*#■◆●★】\]]+$")
_COUNT: Final = re.compile(r"\s*[(（]?共?\s*\d+\s*[家个户人位名条][)）]?\s*")
_LABELLED: Final = re.compile(r"([^:\d]{2,8}):\s*(\S.{0,19})")
_OWNED: Final = re.compile(r"(\S{2,4}?)(?:的|负责的?|跟进的?|名下的?)(?:客户|单位|名单)")
_SURE: Final = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱郭何罗宋郑谢韩唐冯董程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶余潘杜戴夏钟汪姜范姚谭廖邹熊陆郝孔崔"
    "邱秦顾侯邵孟段雷尹黎乔贺赖龚"
)
"""Family names few other words begin with: 高端 and 常规 could be people, too."""
_AREA: Final = re.compile(
    r"(?:[东南西北中]|华[东南西北中]|[东西][南北]|[苏浙粤鲁皖闽豫][东南西北中])(?:区|部|地区|大区|片区|区域|市场)|(?:华[东南北中]|[东西][南北])"
)
_PLACES: Final = re.compile("(?:客户|片区|区域|办事处)$")
_TIERS: Final = re.compile(
    r"(?:(?:VIP|SVIP|钻石|白金|铂金|黄金|金|银|铜|金牌|银牌|铜牌|重点|重要|核心|战略|大|一般|普通|[A-E])\s*[类级]?客户|[A-E]\s*[类级]|[一二三四五]\s*[类级](?:客户)?|[一二三四五1-5]星(?:级)?(?:客户)?)",
    re.I,
)
_NONE: Final = re.compile(
    r"[，。；！？,;!?]|\d{3}|^\d*[一二三四五六七八九十]*月份?$|^(?:备?注|说明|以[上下]|附|合计|小计|截[至止]|续表|接上)"
)
_FIRM_NAME: Final = re.compile(
    r"..(?:公司|集团|工厂|[^工]厂|银行|学校|医院|酒店|事务所|合作社)$|..(?:Ltd|Inc|GmbH|LLC|Corp)\.?$"
)
_CODE, _NAME = Target(Customer, "code"), Target(Customer, "name")
_FEW_CELLS: Final = 4  # a group has a number, a name, perhaps the name once more
_LONGEST: Final = 20
_LONGEST_TAG: Final = 12
_KIND: Final = 4  # signs in a word for a kind of firms


def told(sheet: Sheet, table: Table) -> Table:
    """The table with a column for each thing its titles of parts tell; the table itself where they tell nothing."""
    titles = dict(_titles(sheet, table))
    groups = _groups_of_codes(table)
    titles |= _standing_out(table) | groups
    bare = ((number, row) for number, row in table.rows if row.count(None) + 2 >= len(row))
    lone = {number: text for number, row in bare if (text := _lone(row)) and _meaning(text, table, False)}
    if (not titles and not lone) or len(lone) * 2 > len(table.rows):
        return table
    found = {number: _meaning(text, table, number in titles) for number, text in (titles | lone).items()}
    meant = _worth({number: it for number, it in found.items() if it}, table, lone)
    meant |= {number: (_TAGS, text) for number, text in groups.items() if number not in meant}
    meant |= _above_heading(sheet, table, {what for what, _text in meant.values()})
    gone = meant.keys() & {number for number, _row in table.rows}
    return _with_columns(table, meant, gone) if meant else table


def _above_heading(sheet: Sheet, table: Table, kinds: set[str]) -> dict[int, tuple[str, str]]:
    """What the title right above the heading tells, where titles further down tell the same and none stands between."""
    if not table.heading_rows or not table.rows or not kinds - {_TAGS}:
        return {}
    first, data = table.heading_rows[0], table.rows[0][0]
    if any(first < number < data and what in (NOTE, TITLE) for number, what in table.skipped):
        return {}
    titles = [number for number, what in table.skipped if number < first and what == TITLE]
    text = _lone(sheet.rows[titles[-1] - sheet.first_row]) if titles else ""
    it = _meaning(text, table, True) if text else None
    return {table.heading_rows[-1]: it} if it and it[0] in kinds else {}


def told_by_sheets(tables: list[Table]) -> list[Table]:
    """Lists of the same kind on sheets called by colleagues or places, with a column for these."""
    tables = [_of_firm_on_sheet(table) for table in tables]
    called = {table.sheet: _meaning(table.sheet, table, True) for table in tables}
    meant = {it[0] for it in called.values() if it}
    alike = all(set(table.heading) == set(tables[0].heading) for table in tables)
    if (
        len(called) < 2
        or not alike
        or not (meant <= {_OWNER, _SOMEONE} or meant in ({_REGION}, {_TIER}) or _are_classes(called, meant))
        or None in called.values()
    ):
        return tables
    what = next((each for each in (_REGION, _TIER, _TAGS) if each in meant), _OWNER)
    if _has(tables[0], what) or not any(_has(tables[0], name) for name in ("name", "phones")):
        return tables
    texts = {sheet: it[1] for sheet, it in called.items() if it}
    if what == _OWNER and _SOMEONE in meant and not _are_people(list(texts.values())):
        return tables
    return [
        _with_columns(each, {each.heading_rows[-1] if each.heading_rows else 0: (what, texts[each.sheet])}, set())
        for each in tables
    ]


def _are_classes(sheets: Iterable[str], meant: set[str]) -> bool:
    """Whether sheets are called by classes of customers: 成交客户, 意向客户."""
    return meant == {_TAGS} and all(re.search("(?:客户|会员|商)$", name) for name in sheets)


def _of_firm_on_sheet(table: Table) -> Table:
    """A list of people on a sheet that is called by their firm, with a column for it."""
    people = any(words.key(name) in words.PERSON_NAME for name in table.heading)
    if not people or _has(table, "name") or not _FIRM_NAME.search(table.sheet) or not table.heading_rows:
        return table
    return _with_columns(table, {table.heading_rows[-1]: (_FIRM, table.sheet)}, set())


def _titles(sheet: Sheet, table: Table) -> Iterator[tuple[int, str]]:
    """The words that stand alone in rows between those of data."""
    last = table.rows[-1][0] if table.rows else 0
    first = table.heading_rows[-1] if table.heading_rows else 0
    for number, what in table.skipped:
        if what in (NOTE, TITLE) and first < number < last and (text := _lone(sheet.rows[number - sheet.first_row])):
            yield number, text


def _standing_out(table: Table) -> dict[int, str]:
    """The words that stand alone in the first column of a list that begins with such a row, and whose other rows are
    filled: titles in files that keep no merged cells. What looks like a firm below the heading of their names is one.
    """
    of_firms = words.find(CUSTOMERS, table.heading[0])[:1] == [_NAME]
    if words.key(table.heading[0]) in words.PERSON_NAME:
        return {}
    found: dict[int, str] = {}
    above = ""
    for at, (number, row) in enumerate(table.rows):
        text = _lone(row)
        if (at == 0 and not text) or (text and (above or row[0] is None or len(text) > _LONGEST_TAG)):
            return {}
        if text and of_firms and _is_firm(text):
            return {}
        if text:
            found[number] = text
        elif row.count(None) + 3 > len(row):
            return {}
        above = text
    return found if len(found) > 1 and not above and len(set(found.values())) == len(found) else {}


def _groups_of_codes(table: Table) -> dict[int, str]:
    """The names of groups in lists of accounting programs: 01 华东 before 01.001 and 01.002."""
    coded = next((at for at, name in enumerate(table.heading) if words.find(CUSTOMERS, name)[:1] == [_CODE]), None)
    named = next((at for at, name in enumerate(table.heading) if words.find(CUSTOMERS, name)[:1] == [_NAME]), None)
    found: dict[int, str] = {}
    if coded is None or named is None:
        return found
    for (number, row), (_next, below) in pairwise(table.rows):
        code, name = row[coded], row[named]
        begins = isinstance(code, str) and clean(str(below[coded])).startswith(f"{clean(code)}.")
        if begins and isinstance(name, str) and len(row) - row.count(None) <= _FEW_CELLS:
            found[number] = name
    return found


def _lone(row: Row) -> str:
    """The text of a row that holds nothing else, "" for other rows."""
    if row.count(None) + 2 < len(row):
        return ""
    told = [cell for _column, cell in filled(row)]
    if len(told) == 2 and isinstance(told[1], str) and _COUNT.fullmatch(told[1]):
        del told[1]  # 浙江省 … 2家
    return told[0] if len(told) == 1 and isinstance(told[0], str) else ""


def _meaning(title: str, table: Table, stands_out: bool) -> tuple[str, str] | None:
    """What a title tells of the rows below it: (what, the words); None if it tells nothing.

    `stands_out`: it is no row of data by its place, so that it may be any word.
    """
    text = _COUNTED.sub("", _COUNTED.sub("", _NUMBER.sub("", plain(title))))
    if not text or len(text) > _LONGEST or len(table.heading) < 3:
        return None
    if labelled := _LABELLED.fullmatch(text):
        known = [target for target in words.find(CUSTOMERS, labelled[1]) if target.model is Customer]
        return (labelled[1], labelled[2]) if known and known[0].field in _SHARED else None
    place = _PLACES.sub("", text)
    if is_place(place) and _is_all_of_place(place):
        return _REGION, place
    if _AREA.fullmatch(place):
        return (_TAGS if _has(table, "region") or _has(table, "addresses") else _REGION), place
    if (owned := _OWNED.fullmatch(text)) and is_person(owned[1]) and not _TIERS.fullmatch(text):
        return _OWNER, owned[1]
    if _TIERS.fullmatch(text):
        return _TIER, text
    if not _has(table, "name"):
        if is_company(text) and (not text.endswith(("部", "中心", "室")) or "公司" in text):
            return _FIRM, text
        return (_DEPARTMENT, text) if re.search("[部处科组室]$|中心$|车间$", text) else None
    if not stands_out:
        return None
    if is_person(text):
        return _SOMEONE, text
    return None if len(text) > _LONGEST_TAG or _NONE.search(text) else (_TAGS, text)


def _is_firm(text: str) -> bool:
    """Whether a text can hardly be but a firm's name: 老李五金店, or a place and a word of its own (苏州百得); 银行 and
    物流公司 are kinds of firms.
    """
    place = _PLACES.sub("", plain(text))
    return (is_company(text) and len(text) > _KIND) or (is_place(place) and not _is_all_of_place(place))


def _is_all_of_place(text: str) -> bool:
    """Whether a text names a place and nothing in it: 苏州地区, but not 苏州百得."""
    found = read_region(text)
    return found is not None and set(text) <= set(f"{found.value}省市区县州盟旗地内 -/、")


def _are_people(words_alone: list[str]) -> bool:
    """Whether words that all could be names are names: half of them can hardly be anything else."""
    return sum(1 for each in words_alone if each[0] in _SURE) * 2 >= len(words_alone)


def _has(table: Table, field: str) -> bool:
    """Whether a column of the table holds this field of the customer."""
    target = Target(Customer, field)
    return any(target in words.find(kind, name)[:1] for name in table.heading if name for kind in (CUSTOMERS, CONTACTS))


def _worth(found: dict[int, tuple[str, str]], table: Table, lone: Mapping[int, str]) -> dict[int, tuple[str, str]]:
    """What is worth a column: nothing the table has one for; other words only where every row has one of several."""
    alone = [text for what, text in found.values() if what == _SOMEONE]
    someone = _TAGS if any(what == _TAGS for what, _text in found.values()) or not _are_people(alone) else _OWNER
    kept = {
        number: it
        for number, it in ((n, (someone, it[1]) if it[0] == _SOMEONE else it) for n, it in found.items())
        if it[0] not in (_REGION, _OWNER, _TIER) or not _has(table, it[0]) or number in lone
    }
    tags = [number for number, it in kept.items() if it[0] == _TAGS]
    first = next((number for number, _row in table.rows if number not in lone), 0)
    if tags and (len({kept[number][1] for number in tags}) < 2 or min(tags) > first):
        kept = {number: it for number, it in kept.items() if it[0] != _TAGS}
    firms = [number for number, it in kept.items() if it[0] == _FIRM]
    if len(firms) == 1 and firms[0] in lone and firms[0] > first:
        del kept[firms[0]]  # one firm amid people, above which nobody has one, is an entry like theirs
    return kept


def _with_columns(table: Table, meant: dict[int, tuple[str, str]], gone: set[int]) -> Table:
    """The table with what its parts tell beside every row, and without the rows that are titles."""
    told_of = list(dict.fromkeys(what for _number, (what, _text) in sorted(meant.items())))
    language = 0 if any(re.search(r"[\u3400-\u9fff]", name) for name in table.heading) else 1
    names = [_CALLED[what][language] if what in _CALLED else what for what in told_of]
    rows: list[tuple[int, Row]] = []
    now: list[Cell] = [None] * len(told_of)
    coming = sorted(meant, reverse=True)
    for number, row in table.rows:
        while coming and coming[-1] <= number:
            what, text = meant[coming.pop()]
            at = told_of.index(what)
            now = [*now[:at], text, *[None] * (len(now) - at - 1)]  # a part of a higher level ends those below it
        if number not in gone:
            rows.append((number, [*row, *now]))
    own = meant.keys() - set(table.heading_rows)
    skipped = [(number, SECTION if number in own else what) for number, what in table.skipped]
    more = len(names)
    return replace(
        table,
        heading=[*table.heading, *names],
        groups=[*table.groups, *[_OVER[language]] * more],
        units=[*table.units, *[""] * more],
        rows=rows,
        skipped=sorted([*skipped, *((number, SECTION) for number in gone)]),
    )
