"""The whole office as one workbook: in an empty file it is the same office again, to the last row of every sheet."""

import os
import zipfile
from base64 import b64encode

import pytest

from crm_desktop import demo, i18n
from crm_desktop.complaints import evidence
from crm_desktop.errors import UserError
from crm_desktop.exchange import bringing, definitions, hanging, importing, reading, whole_office, words
from crm_desktop.models import (
    Complaint,
    ComplaintFile,
    Contact,
    Customer,
    News,
    NewsFile,
    NewsRead,
    Position,
    SurveyAsked,
    SurveyRun,
    SurveyTemplate,
    User,
)
from crm_desktop.models import office as offices
from crm_desktop.store import file, history
from crm_desktop.store.change import change


def sheets(path):
    """The rows of every sheet, in any order; the numbers of people are other ones in every office."""

    def told(sheet):
        numbered = sheet.rows[0] and sheet.rows[0][-1] in words.both("Same person no.")
        return sorted(repr(row[:-1] if numbered else row) for row in sheet.rows)

    return {each.name: told(each) for each in reading.read(path)}


@pytest.fixture
def other(tmp_path):
    """Opens a new, empty office."""

    def found():
        file.close()
        file.create(tmp_path / "other.crm")
        offices.found_office()

    return found


def attach(kind, owner, *files):
    with change(None, "Test") as c:
        for name, content in files:
            told = {"name": name, "size": len(content), "content": b64encode(content).decode("ascii")}
            evidence.add(c, owner, told, kind)


@pytest.fixture
def with_files(tmp_path):
    """A busy office with photos beside its complaints and news; two of them called the same, one large one outside."""
    demo.make(tmp_path / "demo.crm", customers=30, interactions=60, seed=5)
    file.open_file(tmp_path / "demo.crm")
    first, second = (i for (i,) in file.ask("SELECT id FROM complaint ORDER BY id LIMIT 2"))
    news = file.one("SELECT id FROM news ORDER BY id")
    attach(ComplaintFile, first, ("现场:照片.jpg", os.urandom(70_000)), ("现场:照片.jpg", os.urandom(70_000)))
    attach(ComplaintFile, second, ("leer.txt", b""), ("Note.txt", b"a b c"), ("note.TXT", b"d e f"))
    attach(NewsFile, news, ("安排.pdf", b"%PDF" + bytes(30_000)))
    with change(None, "Test") as c:
        c.save(ComplaintFile, {"complaint": first, "name": "film.mp4", "size": 9 << 20, "place": "//server/film.mp4"})


def files():
    return sorted(
        file.ask("SELECT k.code, f.name, f.size, f.place, f.content FROM complaint_file f"
                 " JOIN complaint k ON k.id = f.complaint")
        + file.ask("SELECT k.name, f.name, f.size, f.place, f.content FROM news_file f JOIN news k ON k.id = f.news")
    )  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_busy_office_is_the_same_again_in_an_empty_file(tmp_path, other, language):
    demo.make(tmp_path / "demo.crm", customers=60, interactions=300, seed=3)
    file.open_file(tmp_path / "demo.crm")
    i18n.set_language(language)
    whole_office.write(tmp_path / "before.xlsx")
    other()
    plans = importing.tables_of(tmp_path / "before.xlsx")
    told = definitions.differing([sheet for each in plans for sheet in each.beside])
    definitions.take(None, told)
    result = importing.read(tmp_path / "before.xlsx").save(None)
    assert result.left_out == []
    whole_office.write(tmp_path / "after.xlsx")
    before, after = sheets(tmp_path / "before.xlsx"), sheets(tmp_path / "after.xlsx")
    assert len(before) > 15
    assert after == before
    again = importing.read(tmp_path / "before.xlsx")
    assert (again.counts()["new"], again.counts()["update"]) == (0, 0)
    assert again.save(None).change is None
    file.close()


def test_taking_back_such_an_import_leaves_an_empty_office(tmp_path, other):
    demo.make(tmp_path / "demo.crm", customers=20, interactions=60, seed=4)
    file.open_file(tmp_path / "demo.crm")
    whole_office.write(tmp_path / "before.xlsx")
    other()
    result = importing.read(tmp_path / "before.xlsx").save(None)
    history.undo(None, result.change)
    for table in ("customer", "contact", "complaint", "complaint_step", "service_step", "news", "evaluation"):
        assert file.one(f"SELECT count(*) FROM {table}") == 0
    file.close()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_attached_files_go_along_in_a_package_to_the_last_byte(tmp_path, other, with_files, language):
    i18n.set_language(language)
    package = tmp_path / "office.zip"
    before = files()
    assert len(before) == 7
    whole_office.write(package)
    names = zipfile.ZipFile(package).namelist()
    assert names[0] == "office.xlsx"
    assert len(names) == len({name.casefold() for name in names}) == 6
    assert all(name.count("/") == 3 and ":" not in name for name in names[1:])
    other()
    result = importing.read(package).save(None)
    assert result.left_out == []
    assert files() == before
    again = importing.read(package)
    assert bringing.waiting(again.beside) == 0
    assert again.save(None).change is None
    assert files() == before
    file.close()


def test_what_a_package_tells_is_found_where_it_came_from(office, tmp_path):
    """Also where that is a server: the numbers and names by which records are found are its SQL, too."""
    with change(None, "Test") as c:
        who = c.save(User, {"name": "王芳"}).id
        customer = c.save(Customer, {"name": "杭州长荣机电有限公司"}).id
        person = c.save(Contact, {"name": "李强"}).id
        c.save(Position, {"customer": customer, "contact": person})
        told = {"customer": customer, "received_at": "2026-03-05T00:00:00", "description": "异响"}
        complaint = c.save(Complaint, told).id
        news = c.save(News, {"name": "放假", "text": "…", "start": "2026-09-30"}).id
        c.save(NewsRead, {"news": news, "who": who, "at": "2026-09-30T08:00:00"})
        questions = [{"key": "q1", "kind": "scale", "zh": "满意吗", "en": "Satisfied?", "overall": True}]
        template = c.save(SurveyTemplate, {"name": "回访", "items": questions, "languages": ["zh"]}).id
        run = c.save(SurveyRun, {"name": "三月", "template": template, "started_on": "2026-03-01"}).id
        c.save(SurveyAsked, {"run": run, "customer": customer, "contact": person})
    attach(ComplaintFile, complaint, ("照片.jpg", b"abc"))
    attach(NewsFile, news, ("安排.pdf", b"def"))
    whole_office.write(tmp_path / "a.zip")
    plan = importing.read(tmp_path / "a.zip")
    assert (plan.counts()["new"], plan.counts()["update"], bringing.waiting(plan.beside)) == (0, 0, 0)
    with change(None, "Test") as c:
        for model in (ComplaintFile, NewsFile, NewsRead, SurveyAsked):
            c.delete(model.get_row(file.one(f"SELECT id FROM {model.table()}")))
    plan = importing.read(tmp_path / "a.zip")
    assert bringing.waiting(plan.beside) == 4
    result = plan.save(None)
    assert (result.beside, result.left_out) == (4, [])
    assert [content for *_rest, content in files()] == ["YWJj", "ZGVm"]
    assert file.one("SELECT contact FROM survey_asked") == person


def test_a_workbook_alone_says_that_the_files_stayed_behind(tmp_path, other, with_files):
    whole_office.write(tmp_path / "office.xlsx")
    here = importing.read(tmp_path / "office.xlsx").save(None)
    assert (here.change, here.left_out) == (None, [])
    other()
    result = importing.read(tmp_path / "office.xlsx").save(None)
    assert result.left_out == [
        "4 attached files are not in “office.xlsx”: export the whole office with its files to have them.",
        "1 attached file is not in “office.xlsx”: export the whole office with its files to have it.",
    ]
    assert [name for _k, name, *_rest in files()] == ["film.mp4", "leer.txt"]
    file.close()


def test_a_file_that_was_lost_from_the_package_or_grew_too_large_leaves_the_others_alone(tmp_path, other, with_files):
    whole_office.write(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as old, zipfile.ZipFile(tmp_path / "b.zip", "w") as new:
        for name in old.namelist():
            if name.endswith("Note.txt"):
                continue
            content = os.urandom(evidence.SMALL + 1) if name.endswith(".pdf") else old.read(name)
            new.writestr(name, content)
    other()
    result = importing.read(tmp_path / "b.zip").save(None)
    assert len(files()) == 5
    assert result.left_out == [
        "1 attached file is not in “b.zip”: export the whole office with its files to have it.",
        "Files of news, row 2: “安排.pdf” is larger than 2 MB.",
    ]
    file.close()


def test_a_package_that_would_fill_the_disk_is_not_opened(tmp_path, office):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xlsx", b"PK")
        archive.writestr("b.txt", bytes(60 << 20))
    with pytest.raises(UserError, match="enormous"):
        reading.read(path)


@pytest.mark.parametrize("part", ["all of it", "its end", "its workbook", "its names"])
def test_a_damaged_package_says_so(tmp_path, office, part):
    path = tmp_path / "office.zip"
    whole_office.write(path)
    data = bytearray(path.read_bytes())
    if part == "all of it":
        data = data[: len(data) // 2]
    elif part == "its end":
        data = data[:-10]
    elif part == "its workbook":
        data[2000:2040] = bytes(40)
    else:
        at = data.rindex(b"office.xlsx")
        data[at : at + 6] = b"\xff\xfe\xff\xfe\xff\xfe"
        data[at - 37] = 8  # the name says that it is written in UTF-8
    path.write_bytes(data)
    with pytest.raises(UserError):
        reading.read(path)


def test_a_packed_file_of_something_else_is_refused_with_what_to_do(tmp_path, office):
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.jpg", b"x")
    with pytest.raises(UserError, match="Unpack it"):
        reading.read(path)


def test_two_news_of_one_title_keep_their_readers(tmp_path, other):
    demo.make(tmp_path / "demo.crm", customers=5, interactions=0, seed=5)
    file.open_file(tmp_path / "demo.crm")
    who = [i for (i,) in file.ask('SELECT id FROM "user" ORDER BY id LIMIT 2')]
    with change(None, "Test") as c:
        for day, reader in (("2025-09-30", who[0]), ("2026-09-30", who[1])):
            news = c.save(hanging.News, {"name": "放假通知", "text": "…", "start": day})
            c.save(hanging.NewsRead, {"news": news.id, "who": reader, "at": f"{day}T08:00:00"})

    def read():
        return sorted(file.ask("SELECT n.start, u.name FROM news_read r JOIN news n ON n.id = r.news"
                               ' JOIN "user" u ON u.id = r.who'))  # fmt: skip

    before = read()
    whole_office.write(tmp_path / "a.xlsx")
    other()
    importing.read(tmp_path / "a.xlsx").save(None)
    assert read() == before
    file.close()


def test_no_two_columns_of_such_a_sheet_are_called_the_same(office):
    for model in hanging.KINDS:
        for language in (0, 1):
            called = [words.both(hanging.label(column))[language] for column in hanging.columns(model, {})]
            assert len(called) == len(set(called)), (model, called)
