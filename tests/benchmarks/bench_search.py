"""Each key in the search box over 100,000 customers: ours beside hand-written sqlite3 (the floor).

Run it: `python tests/benchmarks/bench_search.py [--customers N]`.
"""

import argparse
import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from crm_desktop.store import pinyin, search

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段单解仇查"
)
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉朗建华国志玉红玲海燕鹏飞宇浩轩子涵梓思雨欣怡佳琪"
    "晨曦博嘉俊雪梅春生东林松柏长乐"
)
CITIES = (
    "北京 上海 广州 深圳 杭州 苏州 南京 武汉 成都 重庆 西安 天津 青岛 宁波 无锡 长沙 郑州 厦门 福州 济南 "
    "合肥 东莞 佛山 温州 嘉兴"
)
FIRMS = (
    "华东 华信 中科 金源 恒达 瑞丰 天成 盛世 鼎盛 博远 新宇 长虹 永兴 嘉禾 汇通 联创 正大 宏图 海蓝 东方 "
    "创新 银河 泰和 万达 明德"
)
TRADES = "科技 贸易 实业 电子 机械 建材 食品 服装 物流 化工 医疗器械 信息技术 汽车配件 环保设备 文化传媒"
ENDS = "有限公司 有限公司 有限公司 有限责任公司 股份有限公司 集团有限公司 商行 工厂"
STREETS = "人民路 中山路 解放路 文三路 建设大道 科技园 工业区 长江路 和平街 新华路"
QUERIES = (
    "李 王 公司 科技 杭州 华东 华东科技 重庆长虹 李明 单 13 138 1380 8888 13812 l w h lm lml wf hdkj hzhd hzhdkj "
    "li wang zhang liming limingl lming zhangwei wangxiaoming hangzhou huadongkeji guangzhouhuaxin zjh cjh zengjia "
    "wx_ @qq example.com wx_12 KH000 KH00012 文三路 解放路100 xi'an zz q"
)
SEVERAL = (
    *("李 杭州", "杭州 科技", "王 138", "华东 李明", "hz kj", "zhang 8888", "杭州 科技 李", "lm 138", "公司 路"),
    *("z w", "深圳 厦门", "重庆 物流 88", "wang hangzhou", "li ming"),
)


def invented(rnd: random.Random) -> tuple[str, str, str, list[str], str, str, str]:
    person = rnd.choice(SURNAMES) + "".join(rnd.choice(GIVEN) for _ in range(rnd.choice([1, 2, 2])))
    short = rnd.choice(FIRMS.split()) + rnd.choice(["", rnd.choice(GIVEN)])
    firm = rnd.choice(CITIES.split()) + short + rnd.choice(TRADES.split()) + rnd.choice(ENDS.split())
    phones = [
        f"1{rnd.choice('3578')}{rnd.randint(0, 9)}{rnd.randint(0, 99999999):08}",
        f"0{rnd.randint(10, 999)}-{rnd.randint(2000000, 88999999)}",
    ]
    wechat = f"wx_{rnd.randint(1000, 99999999)}"
    address = f"{rnd.choice(CITIES.split())}市{rnd.choice(STREETS.split())}{rnd.randint(1, 2000)}号"
    return firm, short, person, phones, wechat, f"{wechat}@{rnd.choice(['qq.com', 'example.com', '163.com'])}", address


def filled(count: int) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    search.prepare(connection)
    search.create(connection, "customer")
    connection.execute("CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT, sorted TEXT)")
    rnd = random.Random(1)
    people = [invented(rnd) for _ in range(count)]
    start = time.perf_counter()
    hays = [
        ((i + 1) << 20, search.hay([wechat, email, address], [firm, short, person], [*phones, f"KH{i:06}"]))
        for i, (firm, short, person, phones, wechat, email, address) in enumerate(people)
    ]
    made = time.perf_counter()
    keys = [pinyin.sort_key(firm) for firm, *_ in people]
    sorted_ = time.perf_counter()
    connection.executemany(
        "INSERT INTO customer VALUES (?, ?, ?)",
        [((i + 1) << 20, p[0], k) for i, (p, k) in enumerate(zip(people, keys, strict=True))],
    )
    connection.execute("CREATE INDEX customer_sorted ON customer (sorted, id)")
    indexing = time.perf_counter()
    search.save(connection, "customer", hays)
    connection.commit()
    done = time.perf_counter()
    each = 1e6 / count
    print(f"{count} customers, {statistics.mean(len(text) for _, text in hays):.0f} characters each; a customer:")
    print(f"search text {(made - start) * each:.1f} µs, sort key {(sorted_ - made) * each:.1f} µs, ", end="")
    print(f"saved and indexed {(done - indexing) * each:.1f} µs")
    pages = connection.execute("PRAGMA page_count").fetchone()[0] * connection.execute("PRAGMA page_size").fetchone()[0]
    print(f"whole file {pages / 1e6:.0f} MB")
    return connection


def ours(connection: sqlite3.Connection, text: str) -> list[tuple[int, str]]:
    condition, params = search.match(connection, "customer", text).condition("t.id")
    sql = f"SELECT t.id, t.name FROM customer t WHERE {condition} ORDER BY t.sorted, t.id LIMIT 50"
    return connection.execute(sql, params).fetchall()


def floor(connection: sqlite3.Connection, text: str) -> list[tuple[int, str]]:
    """The cheapest exact way by hand for a literal word: by ids where it is rare, else in sort order."""
    word, last = text.lower(), "\U0010ffff"
    if len(word) < 3:
        rows = "SELECT DISTINCT doc FROM customer_vocab WHERE term >= ? AND term <= ? LIMIT 2001"
        params = [word, word + last]
    else:
        rows = "SELECT rowid FROM customer_fts WHERE customer_fts MATCH ? LIMIT 2001"
        params = [" AND ".join(f'"{word[i : i + 3]}"' for i in range(len(word) - 2))]
    ids = connection.execute(rows, params).fetchall()
    rare = f"t.id IN ({','.join([str(i) for (i,) in ids])}) AND" if len(ids) <= 2000 else ""
    sql = (
        "SELECT t.id, t.name FROM customer t CROSS JOIN customer_hay h ON h.id = t.id"
        f" WHERE {rare} instr(h.hay, ?) ORDER BY t.sorted, t.id LIMIT 50"
    )
    return connection.execute(sql, [word]).fetchall()


def milliseconds(work: Callable[[], object], times: int = 5) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def summary(title: str, taken: list[float]) -> None:
    ranked = sorted(taken)
    p95 = ranked[int(len(ranked) * 0.95)]
    print(f"{title}: median {statistics.median(ranked):.2f} ms, p95 {p95:.2f}, worst {ranked[-1]:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--customers", type=int, default=100_000)
    connection = filled(parser.parse_args().customers)
    one: list[float] = []
    several: list[float] = []
    ratios: list[float] = []
    for text in (*QUERIES.split(), *SEVERAL):
        taken = milliseconds(partial(ours, connection, text))
        found = search.match(connection, "customer", text)
        how = "scan" if found.ids is None else f"{len(found.ids)} ids"
        (several if " " in text else one).append(taken)
        bare = ""
        if " " not in text and (not text.isascii() or text.isdigit()):
            least = milliseconds(partial(floor, connection, text))
            ratios.append(taken / least)
            bare = f"floor {least:.2f} ms"
        print(f"{text:20} {taken:7.2f} ms  {how:10} {bare}")
    summary("one word", one)
    summary("several words", several)
    print(f"ours / floor for literal words: median {statistics.median(ratios):.2f}, worst {max(ratios):.2f}")


if __name__ == "__main__":
    main()
