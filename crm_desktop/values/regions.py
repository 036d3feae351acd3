"""Province, city and district at the start of an address or a company name."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import Final, NamedTuple

from crm_desktop.paths import resource
from crm_desktop.values.text import Reading, plain

_NATIONS: Final = re.compile(
    r"(?:[壮回满侗苗傣白彝藏羌]族|(?:维吾尔|朝鲜|土家|布依|哈尼|傈僳|景颇|哈萨克|柯尔克孜|蒙古|黎|回|藏|苗|侗|羌|彝|傣|白|壮)族?)*自治[区州县]$|(?:蒙古|柯尔克孜|哈萨克)自治州$"
)
_FORM: Final = re.compile(r"(?:特别行政区|地区|林区|新区|省|市|盟|区|县)$")
_NOT_A_PLACE: Final = re.compile(
    r"[区县镇乡村]|\s*(?:[东西南北中]?[一二三四]?(?:路|街|道|巷|弄|大道|大街|大厦|广场|公寓|花园|饭店))"
)
_FILLERS: Final = re.compile(
    r"(?:中华人民共和国|中国|市辖区|省直辖县级行政区划|省直辖|[\s,，、/|·\-_]|[(\[]?\d{6}[)\]]?(?=\D))+"
)
_STREET: Final = re.compile(r"(\D+)(\d+)", re.ASCII)
_POSTCODE: Final = 6
_PEOPLES: Final = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
}
_TOWNS: Final = frozenset(
    [
        "昆山",
        "江阴",
        "张家港",
        "常熟",
        "太仓",
        "宜兴",
        "慈溪",
        "余姚",
        "义乌",
        "诸暨",
        "乐清",
        "温岭",
        "晋江",
        "石狮",
        "南安",
        "福清",
        "胶州",
    ]
)  # begin company names bare
_TOO_GENERAL: Final = frozenset(
    ["银行", "公司", "饭店", "酒店", "宾馆", "大学", "医院", "学校", "中学", "小学", "集团", "商会", "分公司"]
)
_CENTRAL: Final = ("北京市", "上海市", "天津市", "重庆市")


class _Place(NamedTuple):
    code: str
    name: str
    province: str
    city: str
    district: str


class _Atlas(NamedTuple):
    """Places by full and by short name; a short name never names a district."""

    provinces: dict[str, _Place]
    short_provinces: dict[str, _Place]
    cities: dict[str, _Place]
    short_cities: dict[str, _Place]
    districts: dict[str, list[_Place]]
    short_towns: dict[str, list[_Place]]  # county-level cities such as 昆山


@cache
def _atlas() -> _Atlas:
    with resource("lists", "regions.tsv").open(encoding="utf-8", newline="") as file:
        rows = {row["code"]: row for row in csv.DictReader(file, delimiter="\t")}
    atlas = _Atlas({}, {}, {}, {}, {}, {})
    for code, row in rows.items():
        name, parent = row["name"], rows.get(row["parent"])
        if parent is None:
            place = _Place(code, name, name, "", "")
            atlas.provinces[name] = atlas.short_provinces[_short(name)] = place
            continue
        above = rows.get(parent["parent"])
        if above is None and code.endswith("00") and parent["name"] not in _CENTRAL:
            place = _Place(code, name, parent["name"], name, "")
            atlas.cities[name] = place
            atlas.short_cities.setdefault(_short(name), place)
            continue
        place = _Place(code, name, (above or parent)["name"], parent["name"] if above else "", name)
        atlas.districts.setdefault(name, []).append(place)
        if name.endswith("市"):
            atlas.short_towns.setdefault(_short(name), []).append(place)
    return atlas


def _short(name: str) -> str:
    """A place as people say it: 广西, 内蒙古, 恩施, 昆山."""
    if name in _PEOPLES:
        return _PEOPLES[name]
    bare = _NATIONS.sub("", name)
    bare = _FORM.sub("", name) if bare == name else bare
    return bare if len(bare) >= 2 else name


def read_region(address: str) -> Reading | None:
    """The region an address begins with, as "江苏省 南京市 鼓楼区", missing parts left out; None if it begins with no
    known place.

    A city alone brings its province; a district alone counts only where its name is unique in the country.
    """
    text = plain(address)
    street = _STREET.match(text)
    # what follows a house number says nothing more, and many addresses are alike before it
    named = _begins_with(street[1]) if street and len(street[2]) != _POSTCODE else _begins_with.__wrapped__(text)
    return Reading(named) if named else None


@lru_cache(maxsize=4000)
def _begins_with(text: str) -> str:
    """The region a text begins with, or nothing."""
    found = _Place("", "", "", "", "")
    for _level in range(4):
        text = text[match.end() :] if (match := _FILLERS.match(text)) else text
        step = _next(text, found)
        if step is None:
            break
        place, length = step
        text = text[length:]
        found = place
        if found.district:
            break
    parts = [part for part in (found.province, found.city, found.district) if part]
    return " ".join(dict.fromkeys(parts))


def _next(text: str, within: _Place) -> tuple[_Place, int] | None:
    """The place a text begins with, inside the one found so far, and how many characters name it."""
    atlas = _atlas()
    full = [name for name in _heads(text) if (place := _full(name, within)) and place.code]
    if full:
        place = _full(full[0], within)
        return (place, len(full[0])) if place else None
    for name in _heads(text):
        if _NOT_A_PLACE.match(text[len(name) :]):
            continue
        for table in (atlas.short_provinces, atlas.short_cities):
            place = table.get(name)
            if place and _inside(place, within):
                return place, len(name)
        towns = [place for place in atlas.short_towns.get(name, []) if within.province and _inside(place, within)]
        if len(towns) == 1:
            return towns[0], len(name)
    if within.province and text.startswith(_short(within.province)) and not within.city:
        same = within.province if text.startswith(within.province) else _short(within.province)
        return within, len(same)
    return None


@cache
def _lengths() -> dict[str, list[int]]:
    """How long the names of places are that begin with the same two characters, the longest first."""
    atlas, found = _atlas(), defaultdict[str, set[int]](set)
    for table in atlas:
        for name in table:
            found[name[:2]].add(len(name))
    return {start: sorted(lengths, reverse=True) for start, lengths in found.items()}


def _heads(text: str) -> list[str]:
    """The beginnings of a text that could be a place, the longest first."""
    return [text[:length] for length in _lengths().get(text[:2], ()) if length <= len(text)]


def _full(name: str, within: _Place) -> _Place | None:
    atlas = _atlas()
    for table in (atlas.provinces, atlas.cities):
        place = table.get(name)
        if place and _inside(place, within):
            return place
    districts = [place for place in atlas.districts.get(name, []) if _inside(place, within)]
    return districts[0] if len(districts) == 1 else None


def _inside(place: _Place, within: _Place) -> bool:
    """Whether a place lies in the other one, properly."""
    if not within.province:
        return True
    if place.province != within.province or place.code == within.code:
        return False
    return not within.city or (place.city == within.city and bool(place.district))


def without_place(name: str) -> str:
    """A company name without the province and city it begins with, unless what is left would say nothing."""
    within = _Place("", "", "", "", "")
    for _level in range(3):
        found = next(
            ((place, head) for head in _heads(name) if (place := _named(head)) and _inside(place, within)), None
        )
        if found is None:
            break
        rest = name.removeprefix(found[1])
        if len(rest) < 2 or rest in _TOO_GENERAL:
            break
        within, name = found[0], rest
    return name


def _named(head: str) -> _Place | None:
    """The province, city or county-level city a company name may begin with."""
    atlas = _atlas()
    for table in (atlas.provinces, atlas.cities, atlas.short_provinces, atlas.short_cities):
        if head in table:
            return table[head]
    if head in _TOWNS:
        return atlas.short_towns[head][0]
    return atlas.districts[head][0] if head.endswith(("市", "县")) and head in atlas.districts else None
