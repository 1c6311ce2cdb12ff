"""Builds the icon sprite at set-up: `python -m qingyuan.ui.sprite <folder of SVG files> <target>`. No Django."""

import json
import sys
from pathlib import Path
from xml.etree import ElementTree

LIST = Path(__file__).with_name("icons.json")
_SVG = "http://www.w3.org/2000/svg"


def names() -> list[str]:
    """The icons that pages may use."""
    return json.loads(LIST.read_text("utf-8"))["icons"]


def build(folder: Path) -> str:
    """One SVG whose symbols are the listed icons from `folder`. Raises FileNotFoundError naming a missing icon."""
    symbols = []
    for name in names():
        file = folder / f"{name}.svg"
        if not file.exists():
            raise FileNotFoundError(f"icon {name!r}: {file} does not exist; correct icons.json")
        drawing = ElementTree.parse(file).getroot()
        paths = [part for part in drawing if part.get("d") != "M0 0h24v24H0z"]
        inner = "".join(ElementTree.tostring(part, encoding="unicode") for part in paths)
        inner = inner.replace(f' xmlns:ns0="{_SVG}"', "").replace("ns0:", "")
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inner.strip()}</symbol>')
    return f'<svg xmlns="{_SVG}">\n' + "\n".join(symbols) + "\n</svg>\n"


def main(arguments: list[str]) -> int:
    """Write the sprite; returns the exit code."""
    if len(arguments) != 2:
        print(__doc__)
        return 2
    source, target = map(Path, arguments)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(build(source), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
