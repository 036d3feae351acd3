"""A PostgreSQL server of its own for the tests: started when first asked for, gone with the test run.

From the wheel `pgserver`, or the system's PostgreSQL where there is no such wheel for this Python.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from functools import cache
from importlib.util import find_spec
from pathlib import Path

with contextlib.suppress(ImportError):  # Windows has none; there is_there() says no
    import pwd

# the program keeps psycopg out until it is needed
with contextlib.suppress(ImportError):
    import crm_desktop.store.driver  # noqa: F401

QUICK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "64MB",
    "max_connections": "40",
    "listen_addresses": "",
    # wherever the tests run, the server speaks another language than the office sorts by
    "lc_messages": "C",
}


def programs():
    """The folder with initdb and postgres, or None."""
    found = find_spec("pgserver")
    places = [Path(place) / "pginstall" / "bin" for place in (found.submodule_search_locations if found else ())]
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if on_path := shutil.which("postgres"):
        places.append(Path(on_path).resolve().parent)
    return next((place for place in places if (place / "initdb").exists()), None)


def _may_run(user, program):
    """Whether that user may run the program: a home of root's is closed to others."""
    return subprocess.run([program, "--version"], user=user, cwd="/", capture_output=True, check=False).returncode == 0


def _copied(programs, target):
    """The programs where everybody may run them, with the libraries that lie beside the wheel."""
    shutil.copytree(programs.parent, target / "pgserver" / programs.parent.name, symlinks=True)
    if (libraries := programs.parents[2] / "pgserver.libs").is_dir():
        shutil.copytree(libraries, target / libraries.name)
    return target / "pgserver" / programs.parent.name / programs.name


class Server:
    """A running server; `address(name)` is where a database of it lies."""

    def __init__(self, bin_folder, password=None, **settings):
        """With a password, the server asks for it, also its administrator."""
        self.password, self.port = password, settings.get("port")
        self.folder = Path(tempfile.mkdtemp(prefix="crmpg"))
        self.user = "nobody" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
        self.bin = bin_folder
        if self.user:
            os.chown(self.folder, pwd.getpwnam(self.user).pw_uid, -1)
            self.folder.chmod(0o755)
            try:
                runs = _may_run(self.user, self.bin / "initdb")
            except PermissionError:
                runs = False
            if not runs:
                self.bin = _copied(self.bin, self.folder / "program")
        data = self.folder / "data"
        secret = self.folder / "secret"
        if password:
            secret.write_text(password)
        how = ("-A", "scram-sha-256", f"--pwfile={secret}") if password else ("-A", "trust")
        self._run("initdb", "-D", data, "-U", "postgres", *how, "-E", "UTF8", "--locale=C", "--no-sync")
        options = [f"-c{name}={value}" for name, value in {**QUICK, **settings}.items()]
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [self.bin / "postgres", "-D", data, "-k", self.folder, *options],
                user=self.user, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log,
            )  # fmt: skip
        self._wait()

    def _run(self, program, *arguments):
        done = subprocess.run([self.bin / program, *arguments], user=self.user, cwd="/", capture_output=True, text=True,
                              check=False)  # fmt: skip
        assert done.returncode == 0, done.stderr

    def _wait(self):
        import psycopg

        for _try in range(200):
            try:
                psycopg.connect(self.conninfo("postgres"), password=self.password).close()
                return
            except psycopg.OperationalError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text(errors="replace"))

    def conninfo(self, database):
        """An address as the program takes it."""
        port = f"&port={self.port}" if self.port else ""
        return f"postgresql://postgres@/{database}?host={self.folder}{port}"

    def sql(self, statement):
        """Run one statement as the server's administrator."""
        import psycopg

        with psycopg.connect(self.conninfo("postgres"), password=self.password, autocommit=True) as raw:
            cursor = raw.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def stop(self):
        self.process.terminate()  # waits for nobody
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


@cache
def is_there():
    """Whether a server can be started here at all."""
    return hasattr(os, "geteuid") and programs() is not None and find_spec("psycopg") is not None
