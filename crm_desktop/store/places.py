"""What kind of place a file lies in: this computer, a network drive, a stick, a folder that a cloud service copies."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePath, PureWindowsPath
from typing import Literal, NamedTuple

from crm_desktop.i18n import N_, _

Kind = Literal["local", "smb", "nfs", "network", "sync", "removable", "server"]

_SENTENCES: Mapping[Kind, str] = {
    "local": N_("The file lies on this computer."),
    "smb": N_("The file lies on a network drive ({where}); colleagues on other computers can work in it, too."),
    "nfs": N_("The file lies on an NFS network drive ({where}); colleagues on other computers can work in it, too."),
    "network": N_("The file lies on a drive that is reached through {name} ({where})."),
    "sync": N_(
        "The file lies in a folder that {name} copies between computers. Open it on one computer at a time, "
        "or two different files will come of it."
    ),
    "removable": N_(
        "The file lies on a removable drive. Close the program before you take it out, and keep backups elsewhere."
    ),
    "server": N_("The office lies on a PostgreSQL server ({name}); colleagues can work in it from everywhere."),
}
_WORDS: Mapping[Kind, str] = {
    "local": N_("this computer"),
    "smb": N_("network drive"),
    "nfs": N_("network drive"),
    "network": N_("network drive"),
    "sync": N_("synchronised folder"),
    "removable": N_("removable drive"),
    "server": N_("server"),
}


class Place(NamedTuple):
    """Where a file lies."""

    kind: Kind
    name: str = ""
    """The file system or the service, as it calls itself: cifs, OneDrive."""
    where: str = ""
    """The drive or the folder it is mounted on."""

    @property
    def remote(self) -> bool:
        """Whether every question to the file goes over a network."""
        return self.kind in ("smb", "nfs", "network")

    def sentence(self) -> str:
        """What one should know about the place."""
        return _(_SENTENCES[self.kind]).format(name=self.name, where=self.where)

    def word(self) -> str:
        """The place in a word or two, for the edge of a window."""
        return self.name if self.kind == "sync" else _(_WORDS[self.kind])


_SYNCED: tuple[tuple[str, str], ...] = (
    (r"onedrive( ?- ?.+)?|onedrive-.+|skydrive", "OneDrive"),
    (r"(我的)?坚果云|nutstore( files)?|nutstorefiles", "坚果云"),
    (r"dropbox( \(.+\))?", "Dropbox"),
    (r"icloud ?drive|com~apple~clouddocs|icloud云盘|icloud 云盘", "iCloud"),
    (r"google ?drive|googledrive-.+|google 云端硬盘", "Google Drive"),
    (r"baidusyncdisk|baidunetdiskworkspace|百度网盘(同步空间)?", "百度网盘"),
    (r"wedrive|微盘|企业微信微盘|腾讯微云|微云", "WeDrive"),
    (r"alidrive|阿里云盘|adrive", "阿里云盘"),
    (r"nextcloud\d*|owncloud", "Nextcloud"),
    (r"megasync|mega", "MEGA"),
    (r"synologydrive|synology drive", "Synology Drive"),
)
_MARKS: Mapping[str, str] = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".owncloudsync.log": "Nextcloud",
    ".nextcloudsync.log": "Nextcloud",
    ".synologyworkingdirectory": "Synology Drive",
}
_CONFLICT = re.compile(r"冲突|衝突|conflict(ed)?[ _-]?(copy|file|version)|sync-conflict|case conflict", re.IGNORECASE)
_SMB = frozenset({"cifs", "smb3", "smbfs", "smb2", "smb"})
_NFS = frozenset({"nfs", "nfs4"})
_OTHER = frozenset(
    {"9p", "virtiofs", "vboxsf", "davfs", "webdav", "afpfs", "afs", "ceph", "glusterfs", "lustre", "ncpfs", "prl_fs"}
)
# programs in user space that only show a disk of this computer in another way
_FUSE_AT_HOME = frozenset(
    {"fuse.ntfs", "fuse.ntfs-3g", "fuse.exfat", "fuse.bindfs", "fuse.mergerfs", "fuse.gocryptfs", "fuse.encfs"}
    | {"fuse.portal", "fuse.lxcfs", "fuse.snapfuse", "fuse.squashfuse", "fuse.overlayfs", "fuse.fuse-overlayfs"}
)


def of(path: Path) -> Place:
    """Where a file lies, or will lie; asks the system, so never in the thread of the windows."""
    path = Path(os.path.realpath(path))
    if service := synchronised(path.parent):
        return Place("sync", service, str(path.parent))
    place = _asked(path)
    # looking for marks in a dozen folders would take long over a network
    if not place.remote and (service := _marked(path.parent)):
        return Place("sync", service, str(path.parent))
    return place


def _asked(path: Path) -> Place:
    if sys.platform == "win32":
        return on_windows(path, _drive_type)
    if sys.platform == "darwin":
        return on_macos(path, _mounted())
    try:
        return on_linux(path, Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape"))
    except OSError:
        return Place("local")


def synchronised(folder: PurePath) -> str:
    """The service that copies a folder between computers, by the name of the folder or of one above it; "" for none."""
    own = os.environ.get("ONEDRIVE") if sys.platform == "win32" else None
    if own and PureWindowsPath(own) in (PureWindowsPath(folder), *PureWindowsPath(folder).parents):
        return "OneDrive"
    for part in folder.parts:
        for pattern, service in _SYNCED:
            if re.fullmatch(pattern, part, re.IGNORECASE):
                return service
    return ""


def _marked(folder: Path) -> str:
    """The service whose marks lie in a folder or one of those above it."""
    for above in (folder, *folder.parents):
        for mark, service in _MARKS.items():
            if os.path.lexists(above / mark) and above != Path.home():  # the services' own settings lie at home
                return service
    return ""


def conflict_copies(path: PurePath, names: Iterable[str]) -> list[str]:
    """Which of these file names are copies of the file that a service set aside because two computers had written."""
    return sorted(
        name
        for name in names
        if name != path.name and name.startswith(path.stem) and name.endswith(path.suffix) and _CONFLICT.search(name)
    )


def on_linux(path: Path, mountinfo: str) -> Place:
    """Where a path lies, given the table of mounts (`/proc/self/mountinfo`)."""
    best, kind = "", ""
    for line in mountinfo.splitlines():
        before, _dash, after = line.partition(" - ")
        fields, types = before.split(" "), after.split(" ")
        if len(fields) < 5 or not types[0]:
            continue
        where = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[4])
        # of two mounts on one folder the later one is seen
        if len(where) >= len(best) and Path(where) in (path, *path.parents):
            best, kind = where, types[0]
    return _by_type(kind, best, Path(best).parts[1:2] == ("media",) or Path(best).parts[1:3] == ("run", "media"))


def on_macos(path: Path, mounted: str) -> Place:
    """Where a path lies, given what `mount` prints: "//a@nas/office on /Volumes/office (smbfs, nodev)"."""
    best, kind = "", ""
    for found in re.finditer(r"^.* on (?P<where>/.*) \((?P<type>[^,)]+).*\)$", mounted, re.MULTILINE):
        if len(found["where"]) >= len(best) and Path(found["where"]) in (path, *path.parents):
            best, kind = found["where"], found["type"].strip()
    return _by_type(kind, best, best.startswith("/Volumes/"))


def _by_type(kind: str, where: str, outside: bool) -> Place:
    if kind in _SMB:
        return Place("smb", kind, where)
    if kind in _NFS:
        return Place("nfs", kind, where)
    if kind in _OTHER or (kind.startswith("fuse") and kind != "fuseblk" and kind not in _FUSE_AT_HOME):
        return Place("network", kind, where)
    return Place("removable" if outside else "local", kind, where)


_REMOVABLE, _REMOTE = 2, 4


def on_windows(path: PurePath, drive_type: Callable[[str], int]) -> Place:
    r"""Where a path lies, given what GetDriveType says of a drive such as "Z:\"."""
    whole = PureWindowsPath(path)
    drive = whole.drive
    if drive.startswith("\\\\?\\UNC\\"):
        drive = "\\\\" + drive[8:]
    if drive.startswith("\\\\") and not drive.startswith("\\\\?\\"):
        server = drive[2:].split("\\")[0].lower()
        if "@" in server or server in ("wsl$", "wsl.localhost") or "davwwwroot" in drive.lower():
            return Place("network", "WebDAV" if "wsl" not in server else "WSL", drive)
        return Place("smb", "SMB", drive)
    found = drive_type(drive.removeprefix("\\\\?\\") + "\\")
    if found == _REMOTE:
        return Place("smb", "SMB", drive)
    return Place("removable" if found == _REMOVABLE else "local", "", drive)


def _drive_type(root: str) -> int:
    import ctypes  # only Windows pays for it

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    return int(kernel.GetDriveTypeW(root))


def _mounted() -> str:
    import subprocess  # only macOS pays for it

    try:
        return subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
