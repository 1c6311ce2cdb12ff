"""What is committed holds no trace of the machine it was written on: no package host, no home, no secret."""

import re
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
LOCKS = re.compile(
    r"(^|/)(requirements/.*|package(-lock)?\.json|\.npmrc|pyproject\.toml|uv\.lock|pip\.conf)$"
)
# Written in pieces, so that this file does not find itself.
TRACES = {
    "a package index or mirror": r"(?i)\b(index-url|find-links|trusted-host|_authToken|registry\s*=\s*http)",
    "a home folder": r"(?<![\w.])/(?:root|home/[a-z][\w-]*)/(?!\.\.\.)\S",
    "a folder of one machine": r"(?<![\w.~])/(?:work/|opt/pypi|opt/wheels)",
    "a private key": r"-----BEGIN (?:RSA |EC |OPENSSH |)PRIVATE KEY",
    "a token": r"\b(?:gh[pousr]_[A-Za-z0-9]{30}|AKIA[0-9A-Z]{16}|xox[abp]-[0-9A-Za-z-]{10})",
}
HOST = re.compile(r"https?://[^\s\"']+")
# Links of package authors that npm copies into its lock; none of them serves packages.
HARMLESS = re.compile(r"https?://(?:opencollective\.com|github\.com/sponsors|tidelift\.com)")


def committed() -> list[Path]:
    """Every tracked or about to be tracked text file."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        check=True,
    ).stdout
    return [CHECKOUT / name.decode() for name in listed.split(b"\0") if name]


def traces(text: str) -> list[str]:
    """What the text gives away, one line each with the matching text."""
    return [
        f"{what}: {found[0]!r}"
        for what, pattern in TRACES.items()
        if (found := re.search(pattern, text)) is not None
    ]


def hosts(text: str) -> list[str]:
    """Addresses in a lock file, other than those known to serve no packages."""
    return [address for address in HOST.findall(text) if not HARMLESS.match(address)]


def test_no_committed_file_gives_the_machine_away() -> None:
    found = {}
    for file in committed():
        if file.is_file() and file != Path(__file__):
            lines = traces(file.read_bytes().decode("utf-8", "ignore"))
            if lines:
                found[str(file.relative_to(CHECKOUT))] = lines
    assert found == {}


def test_no_lock_file_names_a_host() -> None:
    files = [file for file in committed() if LOCKS.search(str(file.relative_to(CHECKOUT)))]
    assert {file.name for file in files} >= {"app.txt", "dev.txt", "package-lock.json", ".npmrc"}
    assert {file.name: found for file in files if (found := hosts(file.read_text(encoding="utf-8")))} == {}


def test_every_locked_package_has_a_hash() -> None:
    for file in (CHECKOUT / "requirements").glob("*.txt"):
        text = file.read_text().replace("\\\n", " ")
        without = [line for line in text.splitlines() if line and "--hash=sha256:" not in line]
        assert without == [], file.name


def test_nothing_that_is_fetched_or_compiled_is_committed() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=CHECKOUT, capture_output=True, text=True, check=True
    ).stdout
    assert not re.findall(
        r"^.*(?:/static/vendor/|node_modules/|\.mo$|\.pyc$|\.min\.(?:js|css)$).*$", tracked, re.M
    )


@pytest.mark.parametrize(
    "text",
    [
        "--index" + "-url https://mirror.example/simple",
        "see /ro" + "ot/checkout",
        "/ho" + "me/somebody/x",
        "/wo" + "rk/main",
        "-----BEGIN " + "PRIVATE KEY-----",
        "gh" + "p_" + "a" * 30,
    ],
)
def test_a_trace_is_found(text: str) -> None:
    assert traces(text)


def test_a_package_host_in_a_lock_is_found() -> None:
    assert hosts('"resolved": "https://packages.example/x.tgz"')
    assert not hosts('"url": "https://github.com/sponsors/someone"')
