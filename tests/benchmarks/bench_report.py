"""Papers: a customer card, a month and a long table, beside the same text drawn with a bare reportlab canvas (floor).

`python tests/benchmarks/bench_report.py [--file made.crm] [--customers 20000]`; without a file an invented office is
made first.
"""

import argparse
import statistics as average
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from crm_desktop import demo
from crm_desktop.reports import customer_card, fonts, monthly, sheet
from crm_desktop.reports.page import A4, Column, Document
from crm_desktop.store import file

DAY = date(2026, 11, 20)


def once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def side_by_side(what: str, ours: Callable[[], object], floor: Callable[[], object], times: int = 9) -> None:
    """Ours and the floor in turns, so that a busy machine slows both."""
    pairs = [(once(ours), once(floor)) for _ in range(times)]
    mine, bare = (average.median(side) for side in zip(*pairs, strict=True))
    print(f"{what:46} {mine:9.1f} ms   floor {bare:8.1f} ms   ratio {mine / bare:.2f}")


def alone(what: str, ours: Callable[[], object], times: int = 3) -> None:
    print(f"{what:46} {average.median(once(ours) for _ in range(times)):9.1f} ms")


def recorded(write: Callable[[BytesIO], object]) -> list[list[sheet.Text]]:
    """All texts a paper is made of, page by page."""
    pages: list[list[sheet.Text]] = []
    paint = sheet.Sheet.paint

    def listening(one: sheet.Sheet, canvas: object) -> None:
        pages.append(list(one.texts))
        paint(one, canvas)

    sheet.Sheet.paint = listening
    try:
        write(BytesIO())
    finally:
        sheet.Sheet.paint = paint
    return pages


def bare(pages: list[list[sheet.Text]]) -> Callable[[], object]:
    """The same texts at the same places with nothing but reportlab."""
    from reportlab.pdfgen.canvas import Canvas

    def draw() -> None:
        canvas = Canvas(BytesIO(), pagesize=A4, pageCompression=1, initialFontName=fonts.REGULAR)
        for texts in pages:
            for x, y, text, size, bold, _ink in texts:
                canvas.setFont(fonts.BOLD if bold else fonts.REGULAR, size)
                canvas.drawString(x, y, text)
            canvas.showPage()
        canvas.save()

    return draw


def long_table(target: BytesIO) -> None:
    """A month of 1,000 rows."""
    document = Document(target, "客户月报", "华东商贸有限公司", "2026-10", datetime(2026, 11, 1, 9, 0))
    columns = [Column("No."), Column("Customer"), Column("What was said"), Column("Owner"), Column("Date", right=True)]
    said = "客户询问电机交期，要求月底前报价，已答应周五前给正式方案。"
    rows = [(f"C-2026-{n:04}", "杭州长荣机电有限公司", said[: 12 + n % 20], "王芳", "2026-10-12") for n in range(1000)]
    document.section("联系记录")
    document.table(columns, rows, "")
    document.save()


def measure(path: Path, month: str) -> None:
    print(f"fonts, once a process{'':25} {once(fonts.warm):9.1f} ms")
    file.open_file(path)
    customer = file.one("SELECT customer FROM interaction GROUP BY customer ORDER BY count(*) DESC LIMIT 1 OFFSET 60")
    card = customer_card.collect(customer)
    floor = bare(recorded(lambda target: customer_card.draw(target, card)))
    side_by_side("customer card: draw", lambda: customer_card.draw(BytesIO(), card), floor)
    side_by_side(
        "customer card: read and draw",
        lambda: customer_card.draw(BytesIO(), customer_card.collect(customer)),
        floor,
    )
    pages = recorded(long_table)
    side_by_side(f"table of 1,000 rows on {len(pages)} pages", lambda: long_table(BytesIO()), bare(pages), 5)
    alone(f"month {month}: read", lambda: monthly.collect(month))
    data = monthly.collect(month)
    pages = recorded(lambda target: monthly.draw(target, data))
    side_by_side(f"month: draw {len(pages)} pages", lambda: monthly.draw(BytesIO(), data), bare(pages), 5)
    file.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--customers", type=int, default=20_000)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--month", default="2026-10")
    arguments = parser.parse_args()
    if arguments.file:
        measure(arguments.file, arguments.month)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.crm"
        print(demo.make(path, arguments.customers, today=DAY))
        file.close()
        measure(path, arguments.month)


if __name__ == "__main__":
    main()
