"""An address that asks for TLS gets it, or the connection is refused with a sentence."""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

from crm_desktop.errors import UserError
from crm_desktop.store import file
from crm_desktop.store.address import Address


def _with_tls():
    """The programs of a PostgreSQL that was built with TLS (the wheel's was not), or None."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        told = subprocess.run([folder / "pg_config", "--configure"], capture_output=True, text=True, check=False)
        if (folder / "initdb").exists() and "openssl" in told.stdout:
            return folder
    return None


@pytest.fixture(scope="module")
def secured():
    """A server that speaks TLS only, with a certificate of its own; the folder of that certificate, and the port."""
    from tests import postgres_server

    programs = _with_tls()
    if programs is None or shutil.which("openssl") is None or not postgres_server.is_there():
        pytest.skip("no PostgreSQL with TLS on this computer")
    import pwd  # Windows has none, and is skipped here

    folder = Path(tempfile.mkdtemp(prefix="crmtls"))
    folder.chmod(0o755)
    for name in ("server", "other"):
        subprocess.run(
            ["openssl", "req", "-new", "-x509", "-days", "2", "-nodes", "-subj", "/CN=localhost",
             "-keyout", folder / f"{name}.key", "-out", folder / f"{name}.crt"],
            check=True, capture_output=True,
        )  # fmt: skip
    (folder / "server.key").chmod(0o600)
    if os.geteuid() == 0:
        os.chown(folder / "server.key", pwd.getpwnam("nobody").pw_uid, -1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = postgres_server.Server(
        programs, port=str(port), listen_addresses="127.0.0.1", ssl="on",
        ssl_cert_file=str(folder / "server.crt"), ssl_key_file=str(folder / "server.key"),
    )  # fmt: skip
    server.sql("CREATE DATABASE secured")
    yield folder, port
    server.stop()
    shutil.rmtree(folder)


def address(secured, options):
    folder, port = secured
    return Address(f"postgresql://postgres@localhost:{port}/secured?hostaddr=127.0.0.1&{options.format(folder=folder)}")


def test_a_certificate_that_is_known_is_taken_and_another_one_refused(secured):
    known = address(secured, "sslmode=verify-full&sslrootcert={folder}/server.crt")
    file.create(known)
    assert file.one("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()") == 1
    assert "sslmode=verify-full" in str(file.place())
    file.close()
    with pytest.raises(UserError, match="certificate"):
        file.open_file(address(secured, "sslmode=verify-full&sslrootcert={folder}/other.crt"))
