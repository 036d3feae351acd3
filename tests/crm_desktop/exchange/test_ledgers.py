"""How complaints of a ledger ended, where its columns contradict each other."""

from crm_desktop.exchange import importing
from crm_desktop.store import file

HEAD = ["投诉日期", "客户", "投诉内容", "处理状态", "关闭日期"]


def test_a_day_of_closing_beside_an_open_state_is_said_and_kept(office, sheet):
    path = sheet([HEAD, ["2024-03-05", "甲公司", "外壳有划痕", "处理中", "2024-03-09"]])
    plan = importing.read(path, create_missing=True)
    [row] = plan.rows
    assert row.doubtful
    assert any("关闭日期 2024-03-09" in note and "stays open" in note for note in row.notes)
    plan.save(None)
    assert file.ask("SELECT state, closed_at, analysis FROM complaint") == [("handling", None, "关闭日期: 2024-03-09")]
    assert importing.read(path).counts()["same"] == 1


def test_a_day_of_closing_beside_a_closed_state_is_taken(office, sheet):
    path = sheet([HEAD, ["2024-03-05", "甲公司", "外壳有划痕", "已关闭", "2024-03-09"]])
    importing.read(path, create_missing=True).save(None)
    assert file.ask("SELECT state, closed_at, analysis FROM complaint") == [("closed", "2024-03-09T00:00:00", "")]
