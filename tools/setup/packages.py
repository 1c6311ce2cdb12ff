"""The virtual environment and the Python packages in it, by the committed hashes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.setup.step import CHECKOUT, PYTHON, STAMPS, VENV, SetupError, is_done, key, mark_done, run, show

REQUIREMENTS = CHECKOUT / "requirements"
COMMAND = """#!/bin/sh
exec "$(dirname -- "$0")/python" -m qingyuan.site.command "$@"
"""
NO_VENV = (
    "Python 缺少 venv 或 ensurepip，不能建立虚拟环境。"
    "Debian、Ubuntu 请先 apt-get install python3-venv，或安装 uv 后再试。"
)


def install(*, with_dev: bool) -> None:
    """Have a virtual environment of this checkout with the packages to run, or also to develop."""
    _make_environment()
    app, dev = REQUIREMENTS / "app.txt", REQUIREMENTS / "dev.txt"
    _install("app", "安装运行所需的 Python 包", [app])
    if with_dev:
        _install("dev", "安装开发所需的 Python 包", [app, dev])
    _link_source()


def _install(name: str, title: str, files: list[Path]) -> None:
    inputs = key(files)
    if is_done(name, inputs):
        return
    listed = [word for file in files for word in ("-r", str(file))]
    uv = shutil.which("uv")
    if uv:
        environment = {"UV_PYTHON_DOWNLOADS": "never"}
        try:
            run(
                f"{title}（uv）",
                [uv, "pip", "install", "--python", PYTHON, "--require-hashes", "--quiet", *listed],
                env=environment,
            )
            mark_done(name, inputs)
            return
        except SetupError:
            # uv does not read pip's configuration: where only pip knows the mirror, pip must do it.
            show(f"{title}：uv 没有成功，改用 pip")
    pip = [PYTHON, "-m", "pip", "install", "--require-hashes", "--disable-pip-version-check", "--no-input"]
    run(title, [*pip, "--quiet", "--no-warn-script-location", *listed])
    mark_done(name, inputs)


def _make_environment() -> None:
    made_for = STAMPS / "checkout"
    if _works() and (not made_for.exists() or made_for.read_text() == str(CHECKOUT)):
        STAMPS.mkdir(exist_ok=True)
        made_for.write_text(str(CHECKOUT))
        return
    # A copied or moved environment still points at the old place; a half-made one does not run.
    shutil.rmtree(VENV, ignore_errors=True)
    uv = shutil.which("uv")
    try:
        run("建立虚拟环境", [sys.executable, "-m", "venv", VENV])
    except SetupError as error:
        if not uv:
            raise SetupError(f"{NO_VENV}\n{error}") from error
        shutil.rmtree(VENV, ignore_errors=True)
        run("建立虚拟环境（uv）", [uv, "venv", "--quiet", "--seed", "--python", sys.executable, VENV])
    STAMPS.mkdir()
    made_for.write_text(str(CHECKOUT))


def _works() -> bool:
    if not PYTHON.exists():
        return False
    asked = [str(PYTHON), "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def _link_source() -> None:
    """Put src/ on the environment's path, and a `qingyuan` command beside its python."""
    asked = [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    library = Path(subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip())
    (library / "qingyuan-src.pth").write_text(f"{CHECKOUT / 'src'}\n", encoding="utf-8")
    command = VENV / "bin" / "qingyuan"
    command.write_text(COMMAND)
    os.chmod(command, 0o755)
