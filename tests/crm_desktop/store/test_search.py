"""Search finds what it promises, agrees with brute force, and its index keeps up with edits."""

import random
import sqlite3
from collections.abc import Iterator
from functools import cache

import pytest

from crm_desktop.store import pinyin, search, search_words

Record = tuple[list[str], list[str], list[str]]  # texts, names, digits


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    search.prepare(connection)
    search.create(connection, "customer")
    yield connection
    connection.close()


LI = (
    ["limlang@example.com", "wx_Fang88", "杭州市西湖区文三路 100 号"],
    ["杭州华东科技有限公司", "李明朗"],
    ["138-0013-8000", "KH-0007"],
)
ZENG = (["zj@office.cn"], ["曾家辉", "ABC科技"], ["+86 139 1234 5678", "(0571) 8888-6666"])
WANG = (["备注：长期合作"], ["王芳", "重庆长安汽车"], ["13700000001"])


def ids(connection: sqlite3.Connection, text: str) -> list[int]:
    return list(search.find(connection, "customer", text))


@pytest.fixture
def office(connection: sqlite3.Connection) -> sqlite3.Connection:
    search.save(connection, "customer", ((i, search.hay(*record)) for i, record in enumerate((LI, ZENG, WANG), 1)))
    return connection


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", [1, 2, 3]),
        ("  ", [1, 2, 3]),
        ("杭", [1]),
        ("东科", [1]),
        ("华东科技有限", [1]),
        ("科技", [1, 2]),
        ("13800138000", [1]),
        ("138-0013-8000", [1]),
        ("138-00138000", [1]),
        ("0013", [1]),
        ("8000", [1]),
        ("13912345678", [2]),
        ("+8613912345678", [2]),
        ("8613912345678", [2]),
        ("0571-88886666", [2]),
        ("(0571)", [2]),
        ("wx_fang", [1]),
        ("FANG88", [1]),
        ("@EXAMPLE.com", [1]),
        ("kh-0007", [1]),
        ("kh0007", [1]),
        ("ｋｈ－０００７", [1]),
        ("l", [1]),
        ("lm", [1]),
        ("lml", [1]),
        ("limi", [1]),
        ("liminglang", [1]),
        ("limingl", [1]),
        ("lming", [1]),
        ("lmlang", [1]),
        ("hdkj", [1]),
        ("huadongkj", [1]),
        ("hzhdkj", [1]),
        ("zjh", [2]),
        ("cjh", [2]),
        ("zengjh", [2]),
        ("cengjiahui", [2]),
        ("abckj", [2]),
        ("abckeji", [2]),
        ("cqca", [3]),
        ("zhongqing", [3]),
        ("chqing", [3]),
        ("wf", [3]),
        ("李 8000", [1]),
        ("8000 李", [1]),
        ("li hdkj 文三", [1]),
        ("王 李", []),
        ("100", [1]),
    ],
)
def test_what_is_typed_finds_whom_it_should(office: sqlite3.Connection, typed: str, found: list[int]) -> None:
    assert ids(office, typed) == found


@pytest.mark.parametrize("typed", ["ia", "ong", "iahui", "ingl", "hiu", "lmlan1", "engjia"])
def test_nothing_is_found_inside_a_syllable(office: sqlite3.Connection, typed: str) -> None:
    assert ids(office, typed) == []


def test_letters_are_found_inside_an_email_but_not_inside_a_syllable(office: sqlite3.Connection) -> None:
    assert ids(office, "ang") == [1]  # limlang@example.com, not 王 or 长


def test_an_apostrophe_parts_syllables(connection: sqlite3.Connection) -> None:
    search.save(connection, "customer", [(1, search.hay([], ["西安"])), (2, search.hay([], ["先生"]))])
    assert ids(connection, "xian") == [1, 2]
    assert ids(connection, "xi'an") == [1]
    assert ids(connection, "xi'") == [1, 2]


def test_u_with_dots_is_typed_as_v_or_yu_or_itself(connection: sqlite3.Connection) -> None:
    search.save(connection, "customer", [(1, search.hay([], ["吕布"]))])
    assert [ids(connection, typed) for typed in ("lvbu", "lübu", "lyub", "LÜ")] == [[1]] * 4


@pytest.mark.parametrize("typed", ["%", "*", "?", '"', '"李"明', "'", "''", "q'x", "OR", "ab*", "[李]"])
def test_typed_wildcards_and_quotes_are_plain_characters(office: sqlite3.Connection, typed: str) -> None:
    assert ids(office, typed) == []


def test_a_private_use_character_typed_or_saved_is_no_pinyin(connection: sqlite3.Connection) -> None:
    search.save(connection, "customer", [(1, search.hay([f"x{chr(pinyin.FIRST_SYLLABLE + 15)}\0y"]))])
    assert ids(connection, "x") == [1]
    assert all(ids(connection, letter) == [] for letter in "0123456789abcdefghijklmnopqrstuvwz")


def test_a_changed_record_is_found_by_the_new_text_only(office: sqlite3.Connection) -> None:
    search.save(office, "customer", [(1, search.hay([], ["赵六"]))])
    assert (ids(office, "李明朗"), ids(office, "lml"), ids(office, "zhaoliu")) == ([], [], [1])


def test_a_removed_record_is_not_found(office: sqlite3.Connection) -> None:
    search.remove(office, "customer", [1, 99])
    assert ids(office, "李") == []
    assert search.check(office, "customer")


def test_saving_an_unchanged_text_writes_nothing(office: sqlite3.Connection) -> None:
    before = office.total_changes
    search.save(office, "customer", [(1, search.hay(*LI))])
    assert office.total_changes == before


def test_an_index_that_disagrees_is_noticed_and_rebuilt(office: sqlite3.Connection) -> None:
    office.execute("UPDATE customer_hay SET hay = 'lost' WHERE id = 1")
    assert not search.check(office, "customer")
    search.rebuild(office, "customer")
    assert search.check(office, "customer")
    assert ids(office, "lost") == [1]


def test_creating_twice_keeps_everything_and_dropping_leaves_nothing(office: sqlite3.Connection) -> None:
    search.create(office, "customer")
    assert ids(office, "lml") == [1]
    search.drop(office, "customer")
    assert office.execute("SELECT name FROM sqlite_master").fetchall() == []


@pytest.mark.parametrize("rare", [0, 2000])
def test_a_match_is_a_condition_for_any_query(
    office: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, rare: int
) -> None:
    monkeypatch.setattr(search_words, "RARE", rare)
    monkeypatch.setattr(search, "MANY", rare)
    office.execute("CREATE TABLE customer AS SELECT id, 9 - id AS rank FROM customer_hay")
    for typed in ("", "李", "li", "8000 li", "limingl"):
        condition, params = search.match(office, "customer", typed).condition("t.id")
        found = office.execute(f"SELECT t.id FROM customer t WHERE {condition} ORDER BY t.rank DESC", params)
        assert [i for (i,) in found] == ids(office, typed)


def test_thousands_saved_at_once_are_found_at_once(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_BULK", 3000)
    search.save(connection, "customer", ((i, search.hay([f"note{i}"], ["李明朗"])) for i in range(1, 3001)))
    assert ids(connection, "note2999") == [2999]  # still inside the transaction
    connection.commit()
    assert ids(connection, "note2999 lml") == [2999]
    assert len(ids(connection, "lm")) == 3000
    assert search.check(connection, "customer")


def test_a_record_given_twice_keeps_its_last_text(connection: sqlite3.Connection) -> None:
    search.save(connection, "customer", [(1, search.hay(["first"])), (1, search.hay(["second"]))])
    assert (ids(connection, "first"), ids(connection, "second")) == ([], [1])
    assert search.check(connection, "customer")


# Brute force: the same promises said in the slowest way.


spellings = cache(pinyin.spellings)


def spells(word: str, spelling: tuple[str, ...]) -> bool:
    if not spelling:
        return False
    head, *rest = spelling
    pieces = {head, head[0]} | ({head[:2]} if head[:2] in ("zh", "ch", "sh") else set())
    return head.startswith(word) or any(
        word.startswith(piece) and spells(word[len(piece) :], tuple(rest)) for piece in pieces
    )


def has(record: Record, word: str) -> bool:
    texts, names, digits = record
    literal = [*texts, *names, *digits, *(d.replace("-", "") for d in digits)]
    if any(word in text.lower() for text in literal):
        return True
    bare = word.replace("-", "")
    if bare.isdigit() and any(bare in text.lower() for text in literal):
        return True
    return any(
        spells(word, spelling[at:]) for name in names for spelling in spellings(name) for at in range(len(spelling))
    )


CHARS = "李王张曾单行长重乐厦明华东家安昂西欧恩儿科技杭州上海an"
WORDS = ["杭州", "上海", "科技", "银行", "重庆", "西安", "昂", "李", "曾", "Ann", "abc"]


def invented(rnd: random.Random) -> Record:
    name = "".join(rnd.choice(CHARS) for _ in range(rnd.randint(2, 4)))
    firm = "".join(rnd.choice(WORDS) for _ in range(rnd.randint(1, 4)))
    phone = f"13{rnd.randint(0, 9)}-{rnd.randint(0, 9999):04}-{rnd.randint(0, 9999):04}"
    return [rnd.choice(["wx_an", "li@x.cn", "", "备注 张"])], [name, firm], [phone]


def asked(rnd: random.Random, record: Record) -> str:
    words = []
    for _ in range(rnd.choice([1, 1, 1, 2, 3])):
        kind = rnd.random()
        name = rnd.choice(record[1])
        spelling = rnd.choice(pinyin.spellings(name))
        start = rnd.randrange(len(spelling))
        if kind < 0.25:
            word = "".join(s[0] for s in spelling[start:])[: rnd.randint(1, 5)]
        elif kind < 0.5:
            word = "".join(rnd.choice([s, s[0], s]) for s in spelling[start:])[: rnd.randint(1, 14)]
        elif kind < 0.75:
            text = rnd.choice([*record[0], name, record[2][0], record[2][0].replace("-", "")]) or "x"
            at = rnd.randrange(len(text))
            word = text[at : at + rnd.randint(1, 5)]
        else:
            word = "".join(rnd.choice("lanzhogicxe138") for _ in range(rnd.randint(1, 4)))
        words.append(word.strip())
    return " ".join(words)


@pytest.mark.parametrize("rare", [2000, 40, 3])
def test_search_agrees_with_brute_force_after_many_edits(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, rare: int
) -> None:
    monkeypatch.setattr(search_words, "RARE", rare)
    monkeypatch.setattr(search_words, "MANY", rare * 3)
    monkeypatch.setattr(search_words, "SPELLED", rare * 5)
    monkeypatch.setattr(search, "SPELLED", rare * 5)
    monkeypatch.setattr(search, "SAMPLE", rare)
    monkeypatch.setattr(search_words, "SAMPLE", rare)
    rnd = random.Random(rare)
    records: dict[int, Record] = {}
    for _ in range(900):
        i = rnd.randrange(1, 300) << 40
        if rnd.random() < 0.15:
            records.pop(i, None)
            search.remove(connection, "customer", [i])
        else:
            records[i] = invented(rnd)
            search.save(connection, "customer", [(i, search.hay(*records[i]))])
    assert search.check(connection, "customer")
    for _ in range(250):
        text = asked(rnd, rnd.choice(list(records.values())))
        wanted = sorted(i for i, record in records.items() if all(has(record, word) for word in text.lower().split()))
        assert ids(connection, text) == wanted, text
