"""The promises of the project itself: two commands, pinned versions, packaged files, licences, layers."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import run
from crm_desktop import __version__, paths

PROJECT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned():
    lines = (PROJECT / "build_spec" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [re.fullmatch(r"([\w.-]+)==([\w.]+)", line) for line in lines if line and not line.startswith("#")]
    assert None not in pins, "only name==version lines belong into constraints.txt"
    return {normal(pin[1]): pin[2] for pin in pins if pin}


@pytest.mark.parametrize("name", ["README.md", "README.zh_CN.md"])
def test_the_readme_opens_with_the_two_commands(name):
    code = re.search(r"```sh\n(.*?)```", (PROJECT / name).read_text(encoding="utf-8"), re.DOTALL)
    assert code is not None
    assert [line.split("#")[0].strip() for line in code[1].splitlines()] == ["python3 run.py", "python3 run.py test"]
    assert code.start() < 100


def test_continuous_integration_runs_the_test_command_of_the_readme_and_nothing_else():
    lines = (PROJECT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["python3 run.py test"]


def test_both_readmes_and_the_program_know_the_same_commands():
    def table(name):
        return re.findall(r"^\| `([a-z]+)\b(.*?)` \|", (PROJECT / name).read_text(encoding="utf-8"), re.MULTILINE)

    assert table("README.md") == table("README.zh_CN.md")


def test_every_library_is_pinned_with_all_that_it_brings():
    from importlib.metadata import PackageNotFoundError, requires

    pins, seen = pinned(), set()
    extra = PYPROJECT["project"]["optional-dependencies"]["dev"]
    todo = [*PYPROJECT["project"]["dependencies"], *extra, *PYPROJECT["build-system"]["requires"]]
    while todo:
        requirement = todo.pop()
        name = normal(re.match(r"[\w.-]+", requirement)[0])
        # what another extra, system or Python would bring is not ours to pin
        if name in seen or ";" in requirement:
            continue
        seen.add(name)
        try:
            todo += requires(name) or []
        except PackageNotFoundError:
            assert name == "hatchling", f"{name} is not installed"
    assert seen - set(pins) == set()


def test_no_package_index_is_named_in_the_project():
    for name in ("pyproject.toml", "build_spec/constraints.txt", "run.py"):
        text = (PROJECT / name).read_text(encoding="utf-8")
        assert not re.search(r"index-url|find-links|https?://|file://", text), name


def test_the_program_has_one_version_and_the_changelog_speaks_of_it():
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)
    assert PYPROJECT["project"]["dynamic"] == ["version"]
    headings = re.findall(r"^## \[(.+?)\]", (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] in ("Unreleased", __version__)


def test_the_core_starts_without_qt_and_without_the_libraries_that_cost_time():
    slow = ("PySide6", "shiboken6", "openpyxl", "reportlab", "python_calamine", "lunar_python", "vobject", "pypdfium2",
            "rapidfuzz")  # fmt: skip
    # papers are drawn with reportlab: who needs one imports its module then, not at the start
    code = (
        "import importlib, pkgutil, sys, crm_desktop\n"
        "for module in pkgutil.walk_packages(crm_desktop.__path__, 'crm_desktop.'):\n"
        "    if not module.name.endswith('__main__') and '.reports' not in module.name:\n"
        "        importlib.import_module(module.name)\n"
        f"print(*[name for name in {slow!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (done.stderr, done.stdout.split()) == ("", [])


def test_the_window_comes_without_what_is_only_asked_for_later():
    # statistics, papers, imports, surveys, every tab and nearly every dialog are loaded when somebody looks at them
    later = ("crm_desktop.complaints", "crm_desktop.demo", "crm_desktop.exchange", "crm_desktop.feedback",
             "crm_desktop.handover", "crm_desktop.news", "crm_desktop.reports", "crm_desktop.retrieving",
             "crm_desktop.satisfaction", "crm_desktop.service", "crm_desktop.staff", "crm_desktop.statistics",
             "crm_desktop.today", "ui.dialogs", "ui.tabs", "openpyxl", "reportlab", "python_calamine", "lunar_python",
             "vobject", "pypdfium2", "rapidfuzz", "keyring", "PySide6.QtPdf")  # fmt: skip
    code = f"import sys, ui.app\nlater = {later!r}\nprint(*[name for name in sys.modules if name.startswith(later)])"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False)
    found = set(done.stdout.split()) - {"ui.dialogs", "ui.dialogs.welcome", "ui.tabs"}
    assert (done.stderr, found) == ("", set())


@pytest.mark.parametrize("name", ["README.md", "README.zh_CN.md", "docs/manual.md", "docs/manual.zh_CN.md"])
def test_every_link_between_the_documents_leads_to_a_heading(name):
    document = PROJECT / name
    links = re.findall(r"\]\(([^)#:]*)#([^)]+)\)", document.read_text(encoding="utf-8"))
    assert links != []
    for target, place in links:
        other = (document.parent / target) if target else document
        titles = re.findall(r"^#+ (.+)$", other.read_text(encoding="utf-8"), re.MULTILINE)
        assert place in [re.sub(r"[^\w-]", "", title.lower().replace(" ", "-")) for title in titles], place


def test_every_bundled_folder_has_its_licence_told():
    told = (paths.resource("LICENSES.md")).read_text(encoding="utf-8")
    ours = {"locale", "choices.tsv"} | {path.name for path in paths.resource("lists").glob("demo_*.tsv")}
    folders = {path.name for path in paths.resource().iterdir() if path.is_dir()} - ours
    assert {name for name in folders if f"`{name}/" not in told} == set()
    lists = {path.name for path in paths.resource("lists").iterdir()}
    assert {name for name in lists - ours if f"`lists/{name}`" not in told} == set()


def test_icons_take_the_colour_of_the_text():
    icons = list(paths.resource("icons").glob("*.svg"))
    assert len(icons) > 40
    assert [icon.name for icon in icons if 'stroke="currentColor"' not in icon.read_text(encoding="utf-8")] == []


def test_every_region_hangs_below_one_that_exists():
    rows = [line.split("\t") for line in paths.resource("lists", "regions.tsv").read_text("utf-8").splitlines()]
    assert rows[0] == ["code", "parent", "name"]
    names = {code: name for code, _parent, name in rows[1:]}
    assert len(names) == len(rows) - 1 > 3000
    assert {parent for _code, parent, _name in rows[1:]} <= {"", *names}
    assert [names["110105"], names["320571" if "320571" in names else "320576"]] == ["朝阳区", "苏州工业园区"]


def test_a_missing_library_is_named_by_its_debian_package(monkeypatch):
    monkeypatch.setattr(run.sys, "platform", "linux")
    monkeypatch.setattr(run, "_opens", lambda library: library != "libEGL.so.1")
    assert run.missing_packages(run.OFFSCREEN) == ["libegl1"]


def test_without_root_the_one_line_to_run_is_told(monkeypatch):
    monkeypatch.setattr(run.shutil, "which", lambda _name: "/usr/bin/apt-get")
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(SystemExit, match=r"sudo apt install libegl1 libgl1$"):
        run.install_packages(["libegl1", "libgl1"])


def test_a_ready_machine_is_not_touched(monkeypatch):
    monkeypatch.setattr(run, "run", lambda *_arguments, **_named: pytest.fail("nothing needs to be run"))
    run.install_packages([])
