"""Write docs/api/openapi.json, the JSON API's schema as others rely on it: `python -m tools.openapi`."""

import json
import os
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "docs" / "api" / "openapi.json"


def schema() -> str:
    """Return the schema as it is kept: sorted, indented, Chinese as it is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingyuan.site.settings")
    import django

    django.setup()
    from qingyuan.site.api import api

    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(schema(), encoding="utf-8")
    print(f"{TARGET.name} written")
