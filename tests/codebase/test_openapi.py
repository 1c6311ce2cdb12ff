"""The API's schema is the one that was promised."""

from tools.openapi import TARGET, schema


def test_the_schema_is_the_one_kept_in_docs() -> None:
    kept = TARGET.read_text(encoding="utf-8")
    assert schema() == kept, (
        "the API changed: run `python -m tools.openapi`, and say in CHANGELOG.md what changed for those who call it"
    )


def test_every_operation_says_what_it_does() -> None:
    import json

    paths = json.loads(TARGET.read_text(encoding="utf-8"))["paths"]
    silent = [
        f"{verb} {path}"
        for path, verbs in paths.items()
        for verb, operation in verbs.items()
        if not operation.get("description")
    ]
    assert not silent
