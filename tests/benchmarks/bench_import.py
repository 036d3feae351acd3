"""Import of a workbook of customers, checked and searchable: ours beside calamine, executemany and the index (floor).

Run it: `python tests/benchmarks/bench_import.py [--rows N] [--rounds N]`; each measurement has its own process.
"""

import argparse
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

HEADINGS = (
    "客户编号 客户名称 简称 客户等级 所属行业 企业规模 客户来源 联系人 职务 手机 座机 电子邮箱 微信 地址 "
    "首次合作日期 年销售额 负责人 标签 法定代表人 备注"
)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉朗建华国志玉红玲海燕鹏飞宇浩轩子涵梓思雨欣怡佳琪"
CITIES = "北京 上海 广州 深圳 杭州 苏州 南京 武汉 成都 重庆 西安 天津 青岛 宁波 无锡 长沙 郑州 厦门 福州 济南"
FIRMS = "华东 华信 中科 金源 恒达 瑞丰 天成 盛世 鼎盛 博远 新宇 长虹 永兴 嘉禾 汇通 联创 正大 宏图 海蓝 东方"
TRADES = "科技 贸易 实业 电子 机械 建材 食品 服装 物流 化工 医疗器械 信息技术 汽车配件 环保设备"
MONEY = ("{0}", "{0:,}", "¥{0:,}.00", "{1}万", "{0}元")
DATES = ("{0}-{1:02}-{2:02}", "{0}.{1}.{2}", "{0}年{1}月{2}日", "{0}{1:02}{2:02}", "{0}/{1}/{2}")


def invented(rnd, number):
    """One row as offices write them: most plain, some odd."""
    person = rnd.choice(SURNAMES) + "".join(rnd.choice(GIVEN) for _ in range(rnd.choice([1, 2])))
    short = rnd.choice(FIRMS.split()) + rnd.choice(GIVEN) + rnd.choice(GIVEN) + rnd.choice(TRADES.split())
    city = rnd.choice(CITIES.split())
    mobile = f"1{rnd.choice('3578')}{rnd.randint(0, 9)}{rnd.randint(0, 99999999):08}"
    sales = rnd.randint(1, 999) * 1000
    return [
        f"K{number:06}",
        f"{city}{short}有限公司",
        short,
        rnd.choice(["金", "银", "普通", "钻石", "钻石级"]),
        rnd.choice(["制造业", "批发和零售业", "住宿和餐饮业", "建筑业"]),
        rnd.choice(["大型", "中型", "小型", "微型"]),
        rnd.choice(["展会", "转介绍", "广告", "电话咨询"]),
        person,
        rnd.choice(["总经理", "采购经理", "财务", "店长"]),
        rnd.choice([mobile, mobile, mobile, int(mobile), f"{mobile[:3]}-{mobile[3:7]}-{mobile[7:]}"]),
        f"0{rnd.randint(311, 999)}-{rnd.randint(2000000, 88999999)}",
        f"user{number}@example.com",
        f"wx_{number}",
        f"{city}市{rnd.choice(['人民路', '中山路', '解放路'])}{rnd.randint(1, 2000)}号",
        rnd.choice(DATES).format(rnd.randint(2005, 2025), rnd.randint(1, 12), rnd.randint(1, 28)),
        rnd.choice(MONEY).format(sales, sales / 10000) if rnd.random() < 0.5 else sales,
        rnd.choice(["王芳", "李强", "周敏"]),
        rnd.choice(["重点", "", "老客户、展会", "重点"]),
        person,
        rnd.choice(["", "", "老客户，每年中秋送礼", "要求开专票，月底结算"]),
    ]


def workbook(path, rows):
    """A workbook of so many customers."""
    from openpyxl import Workbook

    rnd = random.Random(1)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("客户")
    sheet.append(HEADINGS.split())
    for number in range(rows):
        sheet.append(invented(rnd, number))
    book.save(path)


def floor(source, folder):
    """Read, insert into two tables, index the text: nothing is checked."""
    import python_calamine

    from crm_desktop.store import search

    start = time.perf_counter()
    rows = python_calamine.CalamineWorkbook.from_path(str(source)).get_sheet_by_index(0).to_python()[1:]
    connection = sqlite3.connect(folder / "floor.db", isolation_level=None)
    connection.execute("PRAGMA page_size=16384")
    columns = ",".join(f"c{i}" for i in range(len(HEADINGS.split())))
    connection.execute(f"CREATE TABLE customer (id INTEGER PRIMARY KEY, {columns})")
    connection.execute("CREATE TABLE contact (id INTEGER PRIMARY KEY, customer, name, title, mobile)")
    search.create(connection, "customer")
    connection.execute("BEGIN")
    marks = ",".join("?" * (len(HEADINGS.split()) + 1))
    connection.executemany(f"INSERT INTO customer VALUES ({marks})", ((i, *row) for i, row in enumerate(rows)))
    connection.executemany(
        "INSERT INTO contact VALUES (?,?,?,?,?)", ((i, i, r[7], r[8], r[9]) for i, r in enumerate(rows))
    )
    texts = [
        (i, search.hay([r[11], r[12], r[13]], [r[1], r[2], r[7]], [r[0], str(r[9]), r[10]])) for i, r in enumerate(rows)
    ]
    search.save(connection, "customer", texts)
    connection.execute("COMMIT")
    return {"all": time.perf_counter() - start}


def ours(source, folder):
    """Read, judge every row, save as one change."""
    from crm_desktop.exchange import importing
    from crm_desktop.models import office
    from crm_desktop.store import file

    file.create(folder / "ours.crm")
    office.found_office()
    start = time.perf_counter()
    plan = importing.read(source)
    judged = time.perf_counter()
    plan.save(None)
    end = time.perf_counter()
    return {"all": end - start, "judged": judged - start, "saved": end - judged}


def run(what, source):
    """One measurement in a process of its own: seconds by step, and the most memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        code = [sys.executable, __file__, "--one", what, "--source", str(source), "--folder", folder]
        return eval(subprocess.run(code, check=True, capture_output=True, text=True).stdout)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--one")
    parser.add_argument("--source", type=Path)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    if asked.one:
        told = {"floor": floor, "ours": ours}[asked.one](asked.source, asked.folder)
        print({**told, "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024})
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "customers.xlsx"
        workbook(source, asked.rows)
        rounds = [(run("floor", source), run("ours", source)) for _ in range(asked.rounds)]
    for name, told in (("floor", [f for f, _ in rounds]), ("ours", [o for _, o in rounds])):
        shown = ", ".join(f"{key} {statistics.median(each[key] for each in told):.2f}" for key in told[0])
        print(f"{name:6} {shown}")
    print(f"ratio  {statistics.median(o['all'] / f['all'] for f, o in rounds):.2f} over {asked.rows:,} rows")


if __name__ == "__main__":
    main()
