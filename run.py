#!/usr/bin/env python3
"""The two commands of the README: `python3 run.py` sets up and starts the program, `python3 run.py test` checks it.

Standard library only, and nothing is touched that is already there: the second start takes no noticeable time.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from ctypes.util import find_library
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
CONSTRAINTS = HERE / "build_spec" / "constraints.txt"

# what Qt opens on Linux, and the Debian package it comes in: for windows nobody sees (tests) …
OFFSCREEN = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
}
# … and what a real screen needs on top
SCREEN = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}

CHECKS = {
    "ruff (style)": ["ruff", "check", "."],
    "mypy --strict (types)": ["mypy", "--strict"],
    "import-linter (who may import whom)": ["lint-imports"],
    "messages (translations)": ["python", "build_spec/messages.py", "--check"],
    # last, so that its closing line is the last thing printed
    "pytest (behaviour)": ["python", "-m", "pytest", "-q", "-n", "2"],
}


def say(text: str) -> None:
    """Tell what is going on, without mixing into what the program itself prints."""
    print(text, file=sys.stderr, flush=True)


def run(*command: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None, out: Any = None) -> int:
    """Run a command in the foreground and return its exit status; `out` is where its standard output goes."""
    return subprocess.run([str(part) for part in command], check=False, cwd=cwd, env=env, stdout=out).returncode


def _opens(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_display() -> bool:
    """Whether a window could be seen here."""
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing_packages(libraries: Mapping[str, str]) -> list[str]:
    """The Debian packages still needed for a virtual environment and for these libraries; empty on a ready machine."""
    if not sys.platform.startswith("linux"):
        return []
    wanted = [package for library, package in libraries.items() if not _opens(library)]
    if not PYTHON.exists() and find_spec("ensurepip") is None:
        wanted.insert(0, "python3-venv")
    return wanted


def missing_for_drives() -> list[str]:
    """The Debian packages that the tests on misbehaving drives lack, where they could run at all."""
    could = sys.platform.startswith("linux") and os.path.exists("/dev/fuse") and os.geteuid() == 0
    return ["fuse3"] if could and not (find_library("fuse3") or find_library("fuse")) else []


def install_packages(packages: list[str]) -> None:
    """Install what Linux lacks when we may (root on Debian or Ubuntu), otherwise say the one line that does it."""
    if not packages:
        return
    if shutil.which("apt-get") is None:
        say(f"Some system libraries are missing; by their Debian names: {' '.join(packages)}")
        return
    if os.geteuid() != 0:
        raise SystemExit(
            "Some system libraries are missing. Please run this once, then try again:\n"
            f"  sudo apt install {' '.join(packages)}"
        )
    say(f"Installing {', '.join(packages)} …")
    apt = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", "-q", *command], check=False, env=apt, capture_output=True, text=True)
    if done.returncode:
        # not the end: what really needs them will say so, and the rest still works
        say(f"{done.stdout}{done.stderr}apt-get could not install them; its message is above.")


def _stamp(extra: str) -> str:
    digest = hashlib.sha256()
    for path in (HERE / "pyproject.toml", CONSTRAINTS):
        digest.update(path.read_bytes())
    return f"{digest.hexdigest()} {sys.version_info[:2]} {HERE} {extra}".strip()


def _usable() -> bool:
    """Whether `.venv` belongs to a Python that still exists and has pip."""
    return PYTHON.exists() and run(PYTHON, "-c", "import pip") == 0


def set_up(extra: str = "") -> None:
    """Make `.venv` with the pinned versions unless it is there already; `extra` is "", "server" or "dev"."""
    stamp = VENV / "crm-desktop.stamp"
    done = stamp.read_text(encoding="utf-8") if stamp.exists() and PYTHON.exists() else ""
    # an environment for developers has all that users need
    if done in (_stamp(extra), _stamp("dev")):
        return
    if not _usable():
        say("Making .venv …")
        if run(sys.executable, "-m", "venv", "--clear", VENV):
            raise SystemExit("Could not make .venv: is this folder writable, and is Python's venv module installed?")
    say("Installing the libraries (once, about a minute) …")
    # a relative path: pip splits these variables at spaces; the second one is for pip's own build environment
    pins = str(CONSTRAINTS.relative_to(HERE))
    environment = {**os.environ, "PIP_CONSTRAINT": pins, "PIP_BUILD_CONSTRAINT": pins}
    pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--use-pep517"]
    if run(*pip, "-c", pins, "-e", f".[{extra}]" if extra else ".", cwd=HERE, env=environment, out=sys.stderr):
        raise SystemExit("pip could not install the libraries; its message is above. Check the network and try again.")
    stamp.write_text(_stamp(extra), encoding="utf-8")


def test(arguments: list[str]) -> int:
    """Every check of the project, each to its end; the status is 0 only if all passed."""
    set_up("dev")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    failed: list[str] = []
    for name, (tool, *options) in CHECKS.items():
        print(f"\n== {name}", flush=True)
        more = arguments if name.startswith("pytest") else []
        if name.startswith("pytest") and failed:
            print(f"(failed so far: {', '.join(failed)})", flush=True)
        if run(PYTHON.parent / f"{tool}{PYTHON.suffix}", *options, *more, cwd=HERE, env=environment):
            failed.append(name)
    return 1 if failed else 0


def program(*arguments: str | Path) -> int:
    """The program itself, in the folder the user stands in."""
    return run(PYTHON, "-m", "crm_desktop", *arguments)


def without_a_display() -> int:
    """The main job as files, for a machine without a screen: an Excel list in, the month on paper out."""
    folder = Path.cwd() / "demo-office"
    folder.mkdir(exist_ok=True)
    office, copy = folder / "demo office.crm", folder / "imported office.crm"
    excel, paper = folder / "customers.xlsx", folder / "monthly report.pdf"
    last_month = f"{date.today().replace(day=1) - timedelta(days=1):%Y-%m}"
    for old in (office, copy, excel, paper):
        old.unlink(missing_ok=True)
    say("No display here, so this shows the main job as files.")
    steps: list[tuple[str, list[str | Path]]] = [
        ("An invented office of 300 customers", ["demo", office, "--customers", "300", "--interactions", "2000"]),
        ("Its customer list as Excel", ["export", "customers", excel, "--file", office]),
        ("An empty office …", ["demo", copy, "--customers", "0"]),
        ("… that imports this Excel list", ["import", excel, "--file", copy]),
        ("The monthly report as PDF", ["report", "monthly", paper, "--month", last_month, "--file", office]),
    ]
    for what, command in steps:
        say(f"\n{what}:\n  crm-desktop {shlex.join(map(str, command))}")
        if status := program(*command):
            return status
    say("\nDone. The results:")
    for path in (office, copy, excel, paper):
        print(path)
    return 0


def main(arguments: list[str]) -> int:
    """Set up what is missing, then do what was asked."""
    if arguments[:1] == ["test"]:
        install_packages(missing_packages(OFFSCREEN) + missing_for_drives())
        return test(arguments[1:])
    install_packages(missing_packages({**OFFSCREEN, **SCREEN} if has_display() else {}))
    set_up("server")
    if not arguments and not has_display():
        return without_a_display()
    return program(*arguments)


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - this file also meets Pythons that cannot run the program
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
