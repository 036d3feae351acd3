"""Names are read as people read them, and the table is what its maker makes."""

import importlib.util
import random
import sqlite3
from pathlib import Path

import pypinyin
import pytest

from crm_desktop.paths import resource
from crm_desktop.store import pinyin, search
from crm_desktop.store.typed import Typed

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉朗建华国志玉红玲海燕鹏飞宇浩轩子涵梓思雨欣怡佳琪"
    "晨曦博嘉俊雪梅春生东林松柏长乐重行朝晟茜阿贝藏传参调奇盛祥禹喆堃昇玥祎镕䶮㛃"
)
FIRMS = (
    "重庆长安汽车有限公司 厦门银行 中国建设银行股份有限公司 长沙重工集团 音乐之声文化传媒 成都都市快报 "
    "华东科技 行业会计师事务所 乐清电器厂 蚌埠玻璃 六安瓜片茶业 大厦物业 长春长生"
)


def name_list() -> list[str]:
    rnd = random.Random(7)
    people = [
        "".join([rnd.choice(SURNAMES), *rnd.choices(GIVEN, k=rnd.choice([1, 2, 2]))])
        for _ in range(1000 - len(FIRMS.split()))
    ]
    return [*people, *FIRMS.split()]


def initials(name: str) -> str:
    return "".join(pypinyin.lazy_pinyin(name, style=pypinyin.Style.FIRST_LETTER))


def test_of_a_thousand_names_at_least_99_in_100_are_found_by_the_initials_pypinyin_gives() -> None:
    connection = sqlite3.connect(":memory:")
    search.prepare(connection)
    search.create(connection, "contact")
    names = name_list()
    search.save(connection, "contact", ((i, search.hay([], [name])) for i, name in enumerate(names)))
    missed = [name for i, name in enumerate(names) if i not in search.find(connection, "contact", initials(name))]
    connection.close()
    assert len(names) == 1000
    assert len(missed) <= 10, missed


def test_all_common_readings_of_a_polyphone_are_kept_the_usual_first() -> None:
    assert pinyin.readings("长") == ("chang", "zhang")
    assert pinyin.readings("行")[:2] == ("xing", "hang")
    assert set(pinyin.readings("重")) == {"chong", "zhong"}
    assert set(pinyin.readings("厦")) >= {"sha", "xia"}
    assert set(pinyin.readings("曾")) == {"ceng", "zeng"}
    assert set(pinyin.readings("乐")) >= {"le", "yue"}


def test_what_has_no_reading_reads_as_nothing_and_letters_as_themselves() -> None:
    assert [pinyin.readings(char) for char in ("·", "あ", "a", "7")] == [(), (), ("a",), ("7",)]


def test_u_with_dots_is_v() -> None:
    assert pinyin.readings("吕") == ("lv",)
    assert pinyin.readings("略") == ("lve",)


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("单", "shan"),
        ("曾", "zeng"),
        ("解", "xie"),
        ("仇", "qiu"),
        ("查", "zha"),
        ("区", "ou"),
        ("朴", "piao"),
        ("盖", "ge"),
        ("乐", "yue"),
        ("翟", "zhai"),
        ("冼", "xian"),
        ("缪", "miao"),
        ("秘", "bi"),
        ("种", "chong"),
        ("员", "yun"),
        ("逄", "pang"),
        ("逯", "lu"),
        ("宁", "ning"),
        ("华", "hua"),
        ("任", "ren"),
        ("覃", "qin"),
        ("召", "shao"),
        ("尉迟", "yu chi"),
        ("长孙", "zhang sun"),
        ("万俟", "mo qi"),
        ("单于", "chan yu"),
        ("令狐", "ling hu"),
        ("欧阳", "ou yang"),
    ],
)
def test_a_surname_is_read_as_a_surname_first_and_as_usual_too(name: str, surname: str) -> None:
    found = pinyin.spellings(name + "明")
    assert " ".join(found[0]) == f"{surname} ming"
    usual = tuple(pinyin.readings(char)[0] for char in name)
    assert (*usual, "ming") in found


def test_a_surname_with_two_readings_has_both() -> None:
    assert {s[0] for s in pinyin.spellings("覃明")} >= {"qin", "tan"}


def test_a_firm_named_with_a_surname_character_is_found_by_both_readings() -> None:
    assert {s[0] for s in pinyin.spellings("单县羊肉汤馆有限公司")} >= {"shan", "dan"}


def test_letters_and_digits_in_a_name_are_syllables_of_their_own() -> None:
    assert pinyin.spellings("ABC科技3") == [("a", "b", "c", "ke", "ji", "3")]


def test_spellings_are_bounded_and_every_second_reading_is_in_one_of_them() -> None:
    name = "重庆长安银行会长乐和大厦"
    found = pinyin.spellings(name)
    assert len(found) <= pinyin.MOST_SPELLINGS
    assert len(found) == len(set(found))
    for at, char in enumerate(name):
        assert {s[at] for s in found} >= set(pinyin.readings(char)[:2])


def test_a_nameless_name_has_no_spelling() -> None:
    assert pinyin.spellings("") == []
    assert pinyin.spellings("·—") == []
    assert pinyin.runs("") == ()


def test_names_sort_as_a_chinese_reader_expects() -> None:
    persons = ["白云", "单田芳", "曾家辉", "张伟"]
    firms = ["3M中国", "阿里", "ABC科技", "安信", "重庆长安", "西安", "先锋", "重工"]
    assert sorted([*persons, *firms], key=pinyin.sort_key) == [
        *["3M中国", "阿里", "ABC科技", "安信", "白云", "重庆长安"],
        *["单田芳", "西安", "先锋", "曾家辉", "张伟", "重工"],
    ]


def test_the_same_character_stays_together_where_sounds_are_the_same() -> None:
    assert sorted(["李三", "黎二", "李一", "黎四"], key=pinyin.sort_key) == ["李三", "李一", "黎二", "黎四"]


def test_a_shorter_syllable_sorts_before_a_longer_one_and_case_makes_no_difference() -> None:
    assert sorted(["先锋", "西贝", "西安"], key=pinyin.sort_key) == ["西安", "西贝", "先锋"]
    assert pinyin.sort_key("ABC") == pinyin.sort_key("abc")
    assert sorted(["华东", "Zoom", "3M", "apple"], key=pinyin.sort_key) == ["3M", "apple", "华东", "Zoom"]


def test_a_word_of_firms_and_places_is_sorted_by_its_own_reading() -> None:
    assert pinyin.sort_key("重庆火锅").startswith("chong ")
    assert pinyin.sort_key("重工").startswith("zhong ")
    assert "hang 行" in pinyin.sort_key("招商银行")
    assert pinyin.sort_key("单明").startswith("shan ")


def test_every_character_of_the_tables_has_a_syllable_people_can_type() -> None:
    table = pinyin.table()
    assert len(table.main) > 41_900
    assert all(syllable.isascii() and syllable.isalnum() for syllable in table.syllables)
    assert ord(table.code[table.syllables[-1]]) <= pinyin.LAST_CODE
    spelled = [*table.surnames.items(), *((word, [s]) for word, s in table.words.items())]
    for word, ways in spelled:
        for syllables in ways:
            assert len(syllables) == len(word), word
            assert set(syllables) <= set(table.code), word


def test_words_of_many_readings_stay_quick_to_read() -> None:
    typed = Typed("guangzhouhuaweijishuyouxiangongsi" * 3)
    assert len(typed.openings()) < 100
    assert len(typed.closings()) < 100


def test_the_tables_are_what_their_maker_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(__file__).parents[3] / "build_spec" / "make_pinyin.py"
    spec = importlib.util.spec_from_file_location("make_pinyin", path)
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    monkeypatch.setattr(maker, "OUT", tmp_path)
    maker.main()
    for name in ("readings.txt", "surnames.txt", "words.txt"):
        assert (tmp_path / name).read_bytes() == resource("pinyin", name).read_bytes()


def test_every_reading_of_every_character_has_a_code():
    known = pinyin.table()
    assert [char for char, syllables in known.readings.items() if not known.code.keys() >= {*syllables}] == []
    assert pinyin.runs("得力集团")[0] == "".join(known.code[s] for s in ("de", "li", "ji", "tuan"))


def test_a_name_is_read_the_same_whether_or_not_its_characters_are_looked_at_one_by_one():
    known = pinyin.table()
    openings = {name[0] for name in known.surnames} - known.special
    names = [f"{char}{rest}" for char in sorted(openings) for rest in ("东方有限公司", "芳", "大厦", "")]
    assert {"东", "公"} <= openings
    quick = [(pinyin.runs.__wrapped__(name), pinyin.sort_key(name)) for name in names]
    known.special = known.special | openings
    try:
        assert [(pinyin.runs.__wrapped__(name), pinyin.sort_key(name)) for name in names] == quick
    finally:
        known.special = known.special - openings
