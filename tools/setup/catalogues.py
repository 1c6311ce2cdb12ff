"""Message catalogues, compiled by Babel: no gettext on the machine is needed."""

from tools.setup.step import CHECKOUT, PYTHON, is_done, key, mark_done, run

LOCALE = CHECKOUT / "src" / "qingyuan" / "locale"


def compile_changed() -> None:
    """Compile every .po to its .mo when one has changed or is missing."""
    sources = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
    inputs = key(sources)
    if is_done("messages", inputs) and all(source.with_suffix(".mo").exists() for source in sources):
        return
    run("编译界面译文", [PYTHON, "-m", "tools.messages", "compile"])
    mark_done("messages", inputs)
