#!/usr/bin/env python3
"""Installs what a Linux system gets beside the programs; holds it against what the program says, and all versions against one another.

usage: check_linux.py PROJECT BUILD WARDERD
"""
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
import xml.etree.ElementTree as xml

PROJECT, BUILD, WARDERD = (pathlib.Path(word) for word in sys.argv[1:4])
sys.path.insert(0, str(PROJECT / "packaging/linux"))
import generate

ID = "org.warder.Warder"
CONFFILE = "2348d97c34e5dde1e17d8bfd6ff7907d4fd5a544afa4b4e585f045e9b1e3ceb3"
WINDOW = "WARDER_WINDOW:BOOL=ON" in (BUILD / "CMakeCache.txt").read_text()
SERVER = ["etc/warder/warder.conf", "usr/lib/systemd/system/warder.service", "usr/lib/systemd/system/warder.socket",
          "usr/lib/sysusers.d/warder.conf", "usr/lib/tmpfiles.d/warder.conf", "usr/share/bash-completion/completions/warderd",
          "usr/share/fish/vendor_completions.d/warderd.fish", "usr/share/man/man1/warderd.1", "usr/share/man/man5/warder.conf.5",
          "usr/share/zsh/site-functions/_warderd"]
DESKTOP = [f"usr/share/applications/{ID}.desktop", f"usr/share/icons/hicolor/scalable/apps/{ID}.svg",
           f"usr/share/icons/hicolor/symbolic/apps/{ID}-symbolic.svg", "usr/share/man/man1/warder.1", f"usr/share/metainfo/{ID}.metainfo.xml"]
RPM_FOLDERS = {"_bindir": "usr/bin", "_datadir": "usr/share", "_mandir": "usr/share/man", "_sysconfdir": "etc", "_sysusersdir": "usr/lib/sysusers.d",
               "_tmpfilesdir": "usr/lib/tmpfiles.d", "_unitdir": "usr/lib/systemd/system"}
COMPLETE = """
compopt() { :; }
while read -r line; do
    COMP_LINE=${line%.} COMP_POINT=$((${#line} - 1)) COMPREPLY=()
    _warderd
    echo "${COMPREPLY[*]}"
done
"""


def install(folder):
    """The path of what was installed, and what was said about the starter."""
    done = subprocess.run(["cmake", "-DCMAKE_INSTALL_PREFIX=/usr", "-P", BUILD / "packaging/cmake_install.cmake"],
                          env={**os.environ, "DESTDIR": folder}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    return pathlib.Path(folder), done.stderr


def files_in(folder):
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if not each.is_dir())


def flat(text):
    return " ".join(text.split())


def as_read(page):
    """A man page without the formatter's signs, as one line."""
    text = re.sub(r"\\f[BIP]|^\.[A-Z]+ |\\&", "", page, flags=re.MULTILINE)
    return flat(text.replace(r"\-", "-").replace(r"\(ti", "~").replace(r"\(ha", "^").replace(r"\e", "\\"))


def as_printed(text):
    """A text of the program as a man page has it."""
    return flat(text.replace("`", "").replace("…", "..."))


def found(pattern, file):
    """What the pattern's group stands for in a file of the project's."""
    return re.search(pattern, (PROJECT / file).read_text(), re.MULTILINE)[1]


def complaints(name, *words):
    """What a tool has to say against our files; nothing where it is not installed."""
    if not shutil.which(name):
        return ""
    done = subprocess.run([name, *words], capture_output=True, text=True)
    return done.stdout + done.stderr if done.returncode or name in ("groff", "mandoc") else ""


class Linux(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        folder = tempfile.mkdtemp(prefix="linux ")
        cls.addClassCleanup(shutil.rmtree, folder)
        cls.tree, cls.said = install(folder)
        cls.heard, ask = {}, generate.ask
        generate.ask = lambda program, *words: cls.heard.setdefault(words, ask(program, *words))
        cls.program = generate.program_of(WARDERD)
        cls.helps = {each.words: cls.heard["help", *each.words.split()] for each in cls.program.commands}

    def text(self, path):
        return (self.tree / path).read_text()

    def rows(self):
        """Each option's line in each command's help: the command, the option, what stands for a value, what it does."""
        row = re.compile(r"^  (?:-\w, )?(--[a-z-]+)(?: (\S+))? +(\S.*)$", re.MULTILINE)
        return [(command, *match.groups()) for command, text in self.helps.items() for match in row.finditer(text)]

    def test_every_file_has_its_place(self):
        self.assertEqual([path for path in files_in(self.tree) if not re.search("share/(doc|warder)/", path)], sorted(SERVER + (DESKTOP if WINDOW else [])))
        for path in SERVER + (DESKTOP if WINDOW else []):
            self.assertIsNone(re.search(r"@[A-Z_]+@", self.text(path)), path)

    def test_folders_are_named_as_they_are(self):
        for name, path in (("systemd/warder.service", "systemd/system/warder.service"), ("linux/warder.tmpfiles", "tmpfiles.d/warder.conf"),
                           ("systemd/warder.sysusers", "sysusers.d/warder.conf")):
            self.assertEqual(self.text(f"usr/lib/{path}"), (PROJECT / "packaging" / name).read_text())
        with tempfile.TemporaryDirectory() as folder:
            generate.fill(self.program, "/opt/warder", "/opt/etc/warder", "/srv/warder", pathlib.Path(folder))
            read = lambda name: pathlib.Path(folder, name).read_text()
            self.assertIn("\nExecStart=/opt/warder/bin/warderd serve --data-dir /srv/warder\n", read("warder.service"))
            self.assertIn("\nReadWritePaths=/srv/warder\n", read("warder.service"))
            self.assertIn("\nd /srv/warder 0700 ", read("warder.tmpfiles"))
            self.assertIn("\nz /opt/etc/warder/warder.conf 0640 root warder ", read("warder.tmpfiles"))
            self.assertIn(" /srv/warder\n", read("warder.sysusers"))
            self.assertIn("/opt/etc/warder/warder.conf", read("warder.conf.5"))

    def test_the_documents_lead_to_one_another(self):
        """Where nothing of the sources is."""
        place, = (self.tree / "usr/share/doc").iterdir()
        documents = sorted(place.rglob("*.md"))
        self.assertGreater(len(documents), 20)
        links = [(file, link) for file in documents for link in re.findall(r"\]\(([^)\s#]+)(?:#[^)\s]*)?\)", file.read_text()) if "://" not in link]
        self.assertGreater(len(links), 50)
        self.assertEqual([f"{file.relative_to(place)}: {link}" for file, link in links if not (file.parent / link).exists()], [])

    def test_the_conffile_never_changes(self):
        """A package manager asks its administrator whenever an edited file gets a new version, so this one gets none."""
        self.assertEqual(hashlib.sha256((self.tree / "etc/warder/warder.conf").read_bytes()).hexdigest(), CONFFILE)
        self.assertTrue(all(line.startswith("# ") for line in self.text("etc/warder/warder.conf").splitlines()))

    def test_the_manual_has_every_command_and_option(self):
        page = as_read(self.text("usr/share/man/man1/warderd.1"))
        overview = re.search(r"^Commands:\n(.+?)\n\n", self.heard["help",], re.MULTILINE | re.DOTALL)[1]
        titles = [re.sub(" [^a-z].*", "", line.strip()) for line in overview.splitlines()]
        self.assertEqual(titles, [*self.helps, "help"])
        source = (PROJECT / "app/cli/Commands.cpp").read_text()
        self.assertEqual(list(self.helps), re.findall(r'^ {8}\{(?:\.words = )?u"([a-z -]+)"_s,', source, re.MULTILINE))
        for command, text in self.helps.items():
            self.assertIn(command, page)
            told = text.split("\n\nOptions:")[0].split("\n\n", 1)[1]
            self.assertIn(as_printed(told), page)
        for _, option, value, text in self.rows():
            self.assertIn(as_printed(f"{option} {value.strip('<>')} {text}" if value else f"{option} {text}"), page)
        for sentence in re.search(r"^Exit codes: (.*)\.$", self.heard["help",], re.MULTILINE)[1].split(", "):
            self.assertIn(re.sub(r"^\d ", "", sentence).lower(), page.lower())

    def test_the_manual_has_every_setting(self):
        page = as_read(self.text("usr/share/man/man5/warder.conf.5"))
        settings = json.loads(self.heard["config", "show", "--json", "--data-dir", "/nonexistent"])
        source = (PROJECT / "core/config/SettingTable.h").read_text()
        self.assertEqual([each["key"] for each in settings], re.findall(r'^        \{u"([a-z_0-9.]+)"', source, re.MULTILINE))
        for each in settings:
            self.assertIn(as_printed(f"{each['key']} = {each['default']} {each['text']}" if each["default"] else f"{each['key']} {each['text']}"), page)

    def test_formatters_have_nothing_against_the_manual(self):
        for page in (self.tree / "usr/share/man").rglob("*.[15]"):
            self.assertEqual(complaints("groff", "-ww", "-z", "-man", "-Tutf8", "-k", page), "")
            self.assertEqual(complaints("mandoc", "-Tlint", page), "")

    def completed(self, *lines):
        """What bash offers at the ends of these lines."""
        script = self.text("usr/share/bash-completion/completions/warderd") + COMPLETE
        done = subprocess.run(["bash", "-uc", script], input="".join(f"{line}.\n" for line in lines), capture_output=True, text=True, check=True)
        self.assertEqual(done.stderr, "")
        return [line.split() for line in done.stdout.splitlines()]

    def test_bash_offers_what_the_program_takes(self):
        offered = dict(zip(self.helps, self.completed(*(f"warderd {command} -" for command in self.helps))))
        taken = {command: [option for each, option, _, _ in self.rows() if each == command] for command in self.helps}
        self.assertEqual({command: [word for word in words if word != "-h"] for command, words in offered.items()}, taken)
        first = list(dict.fromkeys(command.split()[0] for command in self.helps))
        verbs = [command.split()[1] for command in self.helps if command.startswith("user ")]
        settings = [f"{each['key']}=" for each in self.program.settings]
        for line, words in (("warderd ", [*first, "help"]), ("warderd user ", verbs), ("warderd help user ", verbs), ("warderd us", ["user"]),
                            ("warderd --data-dir /tmp --json us", ["user"]), ("warderd user list ", []), ("warderd user add --name ", []),
                            ("warderd --set ", settings), ("warderd serve --set=log.", ["log.level=", "log.format="]),
                            ("warderd --set http.listen=127.0.0.1:", []), ("warderd key rotate --purpose ", ["access", "refresh", "csrf"]),
                            ("warderd master-key import --to ", ["file", "keychain"]), ("warderd master-key export --to-file /proc/cmdl", ["/proc/cmdline"]),
                            ("warderd --data-dir /proc/sel", ["/proc/self"]), ("warderd starter /proc/sel", ["/proc/self"]), ("warderd user import /proc/cmdl", ["/proc/cmdline"]),
                            ("warderd user import x --map=/proc/cmdl", ["/proc/cmdline"])):
            self.assertEqual(self.completed(line), [words], line)
        self.assertIn(" access (default), refresh or csrf.", self.helps["key rotate"])
        self.assertIn(": file or keychain ", self.helps["master-key import"])

    def test_the_other_shells_know_the_same(self):
        zsh, fish = self.text("usr/share/zsh/site-functions/_warderd"), self.text("usr/share/fish/vendor_completions.d/warderd.fish")
        for shell, path in (("zsh", "usr/share/zsh/site-functions/_warderd"), ("fish", "usr/share/fish/vendor_completions.d/warderd.fish")):
            self.assertEqual(complaints(shell, "-n", self.tree / path), "")
        for command in self.helps:
            place, _, word = f"warderd {command}".rpartition(" ")
            self.assertRegex(zsh, rf"(?m)^ +'{place}'\) next=\(.*'{word}:")
            self.assertRegex(fish, rf"(?m)^complete -c warderd -n '__warderd_at {place}' -a {word} ")
        for command, option, _, _ in self.rows():
            self.assertRegex(zsh, rf"(?m)^ +'warderd {command}'\) specs=.*'[^' ]*(?:\([^)]*\))?{option}[=\[]")
            self.assertRegex(fish, rf"(?m)^complete -c warderd -n '__warderd_in warderd {command}' .*-l {option[2:]} ")
        for each in self.program.settings:
            self.assertIn(f"'{each['key']}:", zsh)
            self.assertIn(f" {each['key']} '", fish)

    @unittest.skipUnless(WINDOW, "no window in this build")
    def test_the_desktop_finds_the_program_its_icon_and_its_description(self):
        entry = dict(line.split("=", 1) for line in self.text(DESKTOP[0]).splitlines() if "=" in line)
        self.assertEqual((entry["Exec"], entry["Icon"]), ("warder", ID))
        self.assertIn(f'QApplication::setDesktopFileName(u"{ID}"_s)', (PROJECT / "app/desktop/DesktopProgram.cpp").read_text())
        for path in DESKTOP:
            if path.endswith("svg"):
                self.assertEqual(xml.parse(self.tree / path).getroot().tag, "{http://www.w3.org/2000/svg}svg")
        about = xml.parse(self.tree / DESKTOP[-1]).getroot()
        self.assertEqual((about.findtext("id"), about.findtext("launchable"), about.findtext("icon")), (ID, f"{ID}.desktop", ID))
        self.assertEqual(complaints("desktop-file-validate", self.tree / DESKTOP[0]), "")
        # Where the project lives is not decided yet.
        self.assertEqual(complaints("appstreamcli", "validate", "--no-net", "--override=url-homepage-missing=info", self.tree / DESKTOP[-1]), "")

    @unittest.skipUnless(WINDOW, "no window in this build")
    def test_the_windows_manual_has_the_options_of_a_start(self):
        page = as_read(self.text("usr/share/man/man1/warder.1")).partition(" OPTIONS ")[2]
        for each in self.program.options:
            self.assertEqual(each.names[-1] in page, each.names != ["--json"], each)
        for name in re.findall(r'QCommandLineOption \w+\(u"([a-z-]+)"_s', (PROJECT / "app/warder.cpp").read_text()):
            self.assertIn(f" --{name} ", page)

    def test_the_starter_is_whole_and_clean(self):
        place = self.tree / "usr/share/warder"
        if not (PROJECT / "frontend/starter/warder-nextjs.tgz").exists():
            self.assertIn("the Next.js package is missing: packaging/starter makes it", flat(self.said))
            self.assertFalse(place.exists())
            return
        self.assertEqual(self.said, "")
        names = files_in(place / "starter")
        for name in ("warder-nextjs.tgz", "package-lock.json", ".env.example", ".gitignore", "Dockerfile", ".dockerignore", "app/api/auth/[...warder]/route.ts"):
            self.assertIn(name, names)
        self.assertEqual([name for name in names if re.search(r"(^|/)(node_modules|\.next)/|(^|/)\.env(\.local)?$|next-env|tsbuildinfo", name)], [])
        self.assertEqual(len(list(place.glob("warder-nextjs-*.tgz"))), 1)

    def test_the_spec_packs_the_same_files(self):
        spec = PROJECT / "packaging/rpm/warder.spec"
        packed = re.findall(r"^(?:%config\S+ %attr\(.*?\) )?%\{(\w+)\}/(\S+?)\*?$", spec.read_text(), re.MULTILINE)
        self.assertEqual(sorted(f"{RPM_FOLDERS[folder]}/{path}" for folder, path in packed),
                         sorted([*SERVER, *DESKTOP, "usr/bin/warder", "usr/bin/warderd", "usr/share/warder"]))
        self.assertEqual(complaints("rpmspec", "--parse", spec), "")

    def test_cpack_reads_its_configuration(self):
        """It is for Windows and macOS. Here it packs what is small."""
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(["cpack", "--config", BUILD / "CPackConfig.cmake", "-G", "TGZ", "-B", folder,
                                   "-D", f"CPACK_INSTALL_CMAKE_PROJECTS={BUILD}/packaging;warder;server;/"], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            archive, = pathlib.Path(folder).glob("*.tar.gz")
            with tarfile.open(archive) as tar:
                names = [each.name for each in tar if each.isfile()]
        for path in SERVER:
            self.assertEqual(len([name for name in names if name.endswith(path.removeprefix("usr/"))]), 1, path)
        self.assertEqual(len(names), len(SERVER))

    def test_there_is_one_version(self):
        version = found(r"^project\(warder VERSION (\S+)", "CMakeLists.txt")
        versions = {"warderd": self.program.version, "warder.spec": found(r"^Version: +(\S+)", "packaging/rpm/warder.spec"),
                    "how the spec is built": found(r"With V=(\S+):$", "packaging/rpm/warder.spec"),
                    "compose.yaml": found(r"WARDER_VERSION:-([^}]+)\}", "packaging/container/compose.yaml"),
                    "compose.yaml's archive": found(r"warder-([\d.]+)-\w+\.oci\.tar", "packaging/container/compose.yaml"),
                    "the package's README": found(r"warder-nextjs-([\d.]+)\.tgz", "frontend/warder-nextjs/README.md"),
                    "CPack": re.search(r'^set\(CPACK_PACKAGE_VERSION "(.+)"\)', (BUILD / "CPackConfig.cmake").read_text(), re.MULTILINE)[1]}
        changelog = subprocess.run([sys.executable, "-B", PROJECT / "packaging/debian/changelog.py", PROJECT], env={**os.environ, "SOURCE_DATE_EPOCH": "0"},
                                   stdout=subprocess.PIPE, text=True, check=True).stdout
        versions["debian/changelog"] = re.match(r"warder \((.+)\) unstable; ", changelog)[1]
        for name in ("starter", "warder-nextjs"):
            for file in ("package.json", "package-lock.json"):
                versions[f"{name}/{file}"] = json.loads((PROJECT / "frontend" / name / file).read_text())["version"]
        lock = json.loads((PROJECT / "frontend/starter/package-lock.json").read_text())
        versions["the starter's package"] = lock["packages"]["node_modules/warder-nextjs"]["version"]
        versions["metainfo"] = xml.parse(PROJECT / f"packaging/linux/{ID}.metainfo.xml").find("releases/release").get("version")
        for page in (self.tree / "usr/share/man").rglob("*.[15]"):
            versions[page.name] = re.match(r'\.TH \S+ [15] "\d{4}-\d\d-\d\d" "Warder (\S+)"', page.read_text())[1]
        self.assertEqual(versions, dict.fromkeys(versions, version))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
