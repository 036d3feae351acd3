"""The program knows what kind of place a customer file lies in, and says it."""

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from crm_desktop.store import places

MOUNTS = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:25 / /proc rw - proc proc rw
40 22 0:50 / /mnt/office rw,relatime - cifs //nas/office rw,vers=3.1.1
41 22 0:51 / /mnt/office/fast\040disk rw - ext4 /dev/sdb1 rw
42 22 0:52 / /srv/nfs rw - nfs4 nas:/office rw
43 22 0:53 / /media/wang/STICK rw - vfat /dev/sdc1 rw
44 22 0:54 / /run/media/wang/盘 rw - exfat /dev/sdd1 rw
45 22 0:55 / /mnt/cloud rw - fuse.rclone remote: rw
46 22 0:56 / /mnt/windows rw - fuseblk /dev/sda2 rw
47 22 0:57 / /mnt/vm rw - 9p share rw
48 22 0:58 / /mnt/test rw - fuse test rw
49 22 0:59 / /mnt/twice rw - ext4 /dev/sde1 rw
50 22 0:60 / /mnt/twice rw - cifs //nas/late rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/wang/office.crm", "local"),
        ("/mnt/office/office.crm", "smb"),
        ("/mnt/office/客户/office.crm", "smb"),
        ("/mnt/office2/office.crm", "local"),
        ("/mnt/office/fast disk/office.crm", "local"),
        ("/srv/nfs/office.crm", "nfs"),
        ("/media/wang/STICK/office.crm", "removable"),
        ("/run/media/wang/盘/office.crm", "removable"),
        ("/mnt/cloud/office.crm", "network"),
        ("/mnt/windows/office.crm", "local"),
        ("/mnt/vm/office.crm", "network"),
        ("/mnt/test/office.crm", "network"),
        ("/mnt/twice/office.crm", "smb"),
    ],
)
def test_linux_knows_the_place_by_the_longest_mount_above_it(path, kind):
    assert places.on_linux(Path(path), MOUNTS).kind == kind


def test_a_computer_without_a_table_of_mounts_calls_everything_its_own():
    assert places.on_linux(Path("/home/wang/office.crm"), "").kind == "local"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (r"C:\Users\wang\office.crm", "local"),
        (r"Z:\office.crm", "smb"),
        (r"E:\office.crm", "removable"),
        (r"\\nas\office\客户.crm", "smb"),
        (r"\\192.168.1.5\office\客户.crm", "smb"),
        (r"\\?\UNC\nas\office\office.crm", "smb"),
        (r"\\?\C:\office.crm", "local"),
        (r"\\dav.example@SSL\DavWWWRoot\office.crm", "network"),
        (r"\\wsl.localhost\Ubuntu\office.crm", "network"),
    ],
)
def test_windows_knows_the_place_by_its_drive(path, kind):
    types = {"C:\\": 3, "Z:\\": 4, "E:\\": 2}
    assert places.on_windows(PureWindowsPath(path), lambda root: types[root]).kind == kind


MAC = """/dev/disk3s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled)
//wang@nas._smb._tcp.local/office on /Volumes/office (smbfs, nodev, nosuid, mounted by wang)
/dev/disk4s1 on /Volumes/STICK (exfat, local, nodev)
nas:/office on /Volumes/nfs one (nfs)
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/Users/wang/office.crm", "local"),
        ("/Volumes/office/a.crm", "smb"),
        ("/Volumes/STICK/a.crm", "removable"),
        ("/Volumes/nfs one/a.crm", "nfs"),
    ],
)
def test_macos_knows_the_place_by_its_list_of_mounts(path, kind):
    assert places.on_macos(Path(path), MAC).kind == kind


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        (PureWindowsPath(r"C:\Users\wang\OneDrive\客户"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\wang\OneDrive - 华东商贸\客户"), "OneDrive"),
        (PureWindowsPath(r"D:\我的坚果云\客户"), "坚果云"),
        (PureWindowsPath(r"C:\Users\wang\Nutstore Files"), "坚果云"),
        (PurePosixPath("/home/wang/Dropbox/office"), "Dropbox"),
        (PurePosixPath("/Users/wang/Library/Mobile Documents/com~apple~CloudDocs"), "iCloud"),
        (PurePosixPath("/Users/wang/Library/CloudStorage/GoogleDrive-wang@example.com/My Drive"), "Google Drive"),
        (PureWindowsPath(r"D:\BaiduSyncdisk\客户"), "百度网盘"),
        (PureWindowsPath(r"D:\WeDrive\华东商贸"), "WeDrive"),
        (PureWindowsPath(r"D:\客户\OneDrive 说明"), ""),
        (PurePosixPath("/home/wang/dropbox-backup"), ""),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name(folder, service):
    assert places.synchronised(folder) == service


def test_a_synchronised_folder_is_known_by_what_its_service_puts_there(tmp_path):
    (tmp_path / "客户").mkdir()
    (tmp_path / ".stfolder").mkdir()
    place = places.of(tmp_path / "客户" / "office.crm")
    assert (place.kind, place.name) == ("sync", "Syncthing")
    assert "one computer at a time" in place.sentence()


def test_copies_that_a_service_set_aside_are_known_by_their_names():
    names = [
        "office.crm", "office (王芳's conflicted copy 2026-11-02).crm", "office(冲突-李强的电脑-2026-11-02).crm",
        "office.sync-conflict-20261102-101112.crm", "office-2025.crm", "notes conflict copy.txt",
    ]  # fmt: skip
    assert places.conflict_copies(PurePosixPath("/x/office.crm"), names) == sorted(names[1:4])


@pytest.mark.parametrize("kind", ["local", "smb", "nfs", "network", "sync", "removable"])
def test_every_place_has_a_sentence_and_a_word(kind):
    place = places.Place(kind, "OneDrive", "Z:")
    assert place.sentence().endswith(".")
    assert "{" not in place.sentence()
    assert place.word()


def test_the_place_of_a_file_that_is_not_there_yet_is_known(tmp_path):
    assert places.of(tmp_path / "later" / "office.crm").kind in ("local", "network", "removable")
