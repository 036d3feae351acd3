"""Invented places, companies, people, numbers: none of them is anybody's, all of them could be somebody's."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Generic, TypeVar

from crm_desktop.paths import resource

T = TypeVar("T")

_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714-1997


class Bag(Generic[T]):
    """Things drawn at random, each as often as it weighs."""

    def __init__(self, things: Sequence[T], weights: Sequence[float]) -> None:
        self.things = things
        self._up_to = list(accumulate(weights))

    def draw(self, rng: random.Random) -> T:
        return rng.choices(self.things, cum_weights=self._up_to)[0]

    def draw_many(self, rng: random.Random, count: int) -> list[T]:
        return rng.choices(self.things, cum_weights=self._up_to, k=count)


@dataclass(frozen=True)
class District:
    """A district of a city we have customers in."""

    code: str
    region: str
    """As values.read_region writes it: "江苏省 苏州市 虎丘区"."""
    city: str
    district: str
    area_code: str
    landline: int
    """Digits of a landline number there."""


@dataclass(frozen=True)
class Trade:
    """A line of business: its word in company names, its industry code, what it buys from us."""

    word: str
    industry: str
    products: tuple[str, ...]


@dataclass(frozen=True)
class PersonName:
    """An invented person."""

    surname: str
    given: str
    gender: str

    @property
    def full(self) -> str:
        return self.surname + self.given


@cache
def words(what: str) -> Bag[str]:
    """The words of one kind in demo_words.tsv; - is no word at all."""
    rows = [
        (word, float(row["weight"])) for row in table("words") if row["what"] == what for word in row["words"].split()
    ]
    return Bag(["" if word == "-" else word for word, _weight in rows], [weight for _word, weight in rows])


def table(name: str) -> list[dict[str, str]]:
    """A list of the demo office, from resources/lists."""
    with resource("lists", f"demo_{name}.tsv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def districts() -> Bag[District]:
    """Where customers are: the nearer to the office, the more."""
    with resource("lists", "regions.tsv").open(encoding="utf-8", newline="") as stream:
        rows = {row["code"]: row for row in csv.DictReader(stream, delimiter="\t")}
    codes = {row["name"]: code for code, row in rows.items() if not row["parent"] or code.endswith("00")}
    below: dict[str, list[str]] = {}
    for code, row in rows.items():
        below.setdefault(row["parent"], []).append(code)
    found: list[District] = []
    weights: list[float] = []
    for city in table("cities"):
        code = codes[city["city"]]
        inside = below.get(code, [code])  # 东莞 has no districts
        above = rows[rows[code]["parent"]]["name"] + " " if rows[code]["parent"] else ""
        for c in inside:
            district = rows[c]["name"] if c != code else ""
            region = f"{above}{city['city']} {district}".rstrip()
            found.append(District(c, region, city["city"], district, city["area"], int(city["landline"])))
            weights.append(float(city["weight"]) / len(inside))
    return Bag(found, weights)


@cache
def trades() -> Bag[Trade]:
    """The lines of business of our customers."""
    rows = table("trades")
    return Bag(
        [Trade(row["trade"], row["industry"], tuple(row["products"].split())) for row in rows],
        [float(row["weight"]) for row in rows],
    )


def person(rng: random.Random) -> PersonName:
    """Somebody, now and then with a rare, double or polyphonic surname."""
    gender = "male" if rng.random() < 0.58 else "female"
    given = rng.choices(words(gender).things, k=1 if rng.random() < 0.3 else 2)
    return PersonName(words("surname").draw(rng), "".join(given), gender)


class Names:
    """Company names, no two alike, with the short name people say."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._taken: set[str] = set()

    def company(self, district: District, trade: Trade) -> tuple[str, str]:
        """Full and short name of a company."""
        rng, place = self._rng, district.city.removesuffix("市")
        while True:
            own = words("first").draw(rng) + words("second").draw(rng)
            own += words("second").draw(rng) if rng.random() < 0.12 else ""
            name = f"{place}{own}{trade.word}{words('form').draw(rng)}"
            if rng.random() < 0.12:
                name = f"{own}{trade.word}({place})有限公司"
            if name not in self._taken:
                self._taken.add(name)
                return name, own + trade.word if len(own) == 2 else own


def mobile(number: int) -> str:
    """The number-th invented mobile phone, 138 0000 0000 and the like; 270,000 of them are distinct."""
    starts = words("mobile").things
    number = number * 104_729 % (len(starts) * 10_000)
    return f"{starts[number // 10_000]}0000{number % 10_000:04}"


def landline(rng: random.Random, district: District) -> str:
    """An invented landline number of that place."""
    return f"{district.area_code}-555{rng.randrange(10 ** (district.landline - 3)):0{district.landline - 3}}"


def address(rng: random.Random, district: District) -> str:
    """An invented address of that district."""
    room = f"{rng.randrange(1, 21)}幢{rng.randrange(101, 1999)}室" if rng.random() < 0.4 else ""
    return f"{district.region.replace(' ', '')}{words('street').draw(rng)}{rng.randrange(1, 999)}号{room}"


def credit_code(rng: random.Random, district: District, sole: bool) -> str:
    """A unified social credit code whose check characters are right (GB 32100-2015, GB 11714-1997)."""
    body = "MA" + "".join(rng.choices("0123456789ABCDEFGHJKLMNPQRTUWXY", k=6))
    values = (int(sign, 36) for sign in body)
    check = 11 - sum(v * w for v, w in zip(values, _ORGANISATION_WEIGHTS, strict=True)) % 11
    start = f"{'92' if sole else '91'}{district.code}{body}{'0' if check == 11 else 'X' if check == 10 else check}"
    total = sum(_CREDIT_SIGNS.index(sign) * weight for sign, weight in zip(start, _CREDIT_WEIGHTS, strict=True))
    return start + _CREDIT_SIGNS[-total % 31]
