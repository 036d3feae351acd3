"""Make resources/holidays/china.tsv from chinesecalendar (pip install it): `python build_spec/make_holidays.py`.

Run it when the package knows the next year (the State Council's notice comes out in November).
"""

from pathlib import Path

from chinese_calendar.constants import holidays, workdays

OUT = Path(__file__).parent.parent / "resources" / "holidays" / "china.tsv"
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


def make() -> None:
    days = {day: ("off", NAMES[name]) for day, name in holidays.items()}
    days |= {day: ("work", NAMES[name]) for day, name in workdays.items()}
    lines = ["day\tkind\tname", *(f"{day.isoformat()}\t{kind}\t{name}" for day, (kind, name) in sorted(days.items()))]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    make()
