"""`./run lock`: resolve requirements/*.in and package.json anew, into files that name no registry host."""

import shutil
from pathlib import Path

from tools.setup import frontend, packages
from tools.setup.step import CHECKOUT, PYTHON, VENV, key, mark_done, run

RESOLVER = "uv==0.13.9"
FILES = ("app", "dev", "node")
# For every Python from the floor on and every platform, with hashes, without the index it came from.
OPTIONS = (
    "--universal",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--python-version=3.11",
    "--quiet",
)


def resolve() -> None:
    """Rewrite requirements/*.txt, package-lock.json and the checksums of the front-end files."""
    packages.install(with_dev=False)
    for name in FILES:
        source, target = (packages.REQUIREMENTS / f"{name}.{ending}" for ending in ("in", "txt"))
        run(
            f"解析 {source.name}",
            [_uv(), "pip", "compile", *OPTIONS, source, "-o", target],
            env=_environment(),
        )
    run("解析 package.json", [*frontend.npm(), "install", "--package-lock-only", "--ignore-scripts"])
    frontend.fetch()
    frontend.write_checksums()


def _uv() -> Path:
    found = shutil.which("uv")
    if found:
        return Path(found)
    folder = VENV / "resolver"
    if not (folder / "bin" / "uv").exists():
        run("安装解析工具", [PYTHON, "-m", "pip", "install", "--quiet", "--target", folder, RESOLVER])
        mark_done("resolver", key([CHECKOUT / "tools" / "setup" / "lock.py"]))
    return folder / "bin" / "uv"


def _environment() -> dict[str, str]:
    return {"UV_PYTHON_DOWNLOADS": "never", "UV_PYTHON": str(PYTHON)}
