#!/usr/bin/env python3
"""Holds the systemd units against systemd itself where it is new enough, and against a few plain rules everywhere.

usage: check_units.py FOLDER WARDERD
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

FOLDER, WARDERD = (pathlib.Path(word) for word in sys.argv[1:3])
OLDEST = 253                                       # the first that knows Type=notify-reload
REPEATABLE = {"ListenStream", "SystemCallFilter"}
HARDENING = {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes", "PrivateDevices": "yes",
             "MemoryDenyWriteExecute": "yes", "LimitCORE": "0", "CapabilityBoundingSet": "", "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX",
             "StateDirectoryMode": "0700", "UMask": "0077"}


def systemd_analyze():
    """The tool, or None where there is none that knows these units."""
    tool = shutil.which("systemd-analyze")
    if not tool:
        return None
    version = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True).stdout
    return tool if int(re.search(r"systemd (\d+)", version)[1]) >= OLDEST else None


def words_of(name):
    """The lines of a unit as (section, key, value)."""
    section, words = None, []
    for line in (FOLDER / name).read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        if header := re.fullmatch(r"\[(\w+)\]", line):
            section = header[1]
        else:
            key, value = re.fullmatch(r"([A-Z]\w+)=(.*)", line).groups()
            words.append((section, key, value))
    return words


class Units(unittest.TestCase):
    def test_systemd_accepts_them(self):
        tool = systemd_analyze()
        if not tool:
            self.skipTest(f"no systemd-analyze of systemd {OLDEST} or newer here")
        with tempfile.TemporaryDirectory() as folder:
            service = (FOLDER / "warder.service").read_text()
            self.assertIn("ExecStart=/usr/bin/warderd ", service)
            pathlib.Path(folder, "warder.service").write_text(service.replace("/usr/bin/warderd", str(WARDERD)))
            shutil.copy(FOLDER / "warder.socket", folder)
            done = subprocess.run([tool, "verify", "--man=no", "--recursive-errors=no", f"{folder}/warder.service", f"{folder}/warder.socket"],
                                  capture_output=True, text=True, check=False)
            self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_every_line_is_well_formed(self):
        for name, sections in (("warder.service", ["Unit", "Service", "Install"]), ("warder.socket", ["Unit", "Socket", "Install"])):
            words = words_of(name)
            self.assertEqual(list(dict.fromkeys(section for section, _, _ in words)), sections)
            keys = [key for _, key, _ in words if key not in REPEATABLE]
            repeated = {key for key in keys if keys.count(key) > 1}
            self.assertEqual(repeated, set(), name)

    def test_the_service_is_shut_in(self):
        given = {key: value for _, key, value in words_of("warder.service")}
        self.assertEqual({key: given.get(key) for key in HARDENING}, HARDENING)

    def test_the_socket_can_be_given_to_a_group(self):
        words = words_of("warder.service")
        self.assertIn(("Service", "PrivateUsers", "no"), words)
        self.assertEqual([value for _, key, value in words if key == "SystemCallFilter"][-1], "@chown")

    def test_the_two_belong_together(self):
        service = {key: value for _, key, value in words_of("warder.service")}
        socket = {key: value for _, key, value in words_of("warder.socket")}
        self.assertEqual(service["Type"], "notify-reload")
        self.assertEqual(socket["Service"], "warder.service")
        self.assertEqual({service["User"], service["Group"], socket["SocketUser"], socket["SocketGroup"]}, {"warder"})
        self.assertRegex((FOLDER / "warder.sysusers").read_text(), r"(?m)^u warder - ")


unittest.main(argv=sys.argv[:1], verbosity=2)
