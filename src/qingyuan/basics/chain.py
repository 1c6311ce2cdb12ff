"""The ledger's arithmetic: event hashes, chains, seals, and the check of all three.

Standard library only and free of every other module of this project, because an export of the ledger
carries this very file as its checker: whoever receives the export runs

    python3 check_ledger.py FOLDER

and needs neither the system nor its database. FOLDER holds `events.jsonl` and `seals.jsonl`.
"""

from __future__ import annotations

import hashlib
import json
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

GENESIS = "0" * 64
"""What the first event of a subject, and the first seal, name as their predecessor."""


@dataclass(frozen=True)
class Fault:
    """One record that does not fit: where it stands and what is wrong with it."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def canonical(value: object) -> bytes:
    """Return the one spelling of a JSON value that is hashed: sorted keys, no spaces, UTF-8.

    Raises TypeError for a float: two machines may print it differently, so amounts travel as text.
    """
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError(f"a float cannot stand in the ledger: {value!r}; pass it as text")
    if isinstance(value, Mapping):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _refuse_floats(item)


FIELDS = (
    "subject_kind",
    "subject_id",
    "sequence",
    "verb",
    "actor",
    "unit",
    "at",
    "facts",
    "basis",
    "previous",
)
"""What an event's hash covers, `at` as ISO 8601 in UTC with microseconds."""


def event_hash(event: Mapping[str, object]) -> str:
    """Return the SHA-256 (hex) of an event's fields, its predecessor's hash among them."""
    return hashlib.sha256(canonical([event[field] for field in FIELDS])).hexdigest()


def leaf(subject_kind: str, subject_id: str, sequence: int, head_hash: str) -> bytes:
    """Return the Merkle leaf of one chain head."""
    return hashlib.sha256(b"\x00" + canonical([subject_kind, subject_id, sequence, head_hash])).digest()


def merkle_root(leaves: Sequence[bytes]) -> str:
    """Return the hex root over leaves in the given order; of no leaves, the hash of nothing.

    Leaves and nodes are prefixed differently (RFC 6962 section 2.1), so a node cannot pass for a leaf.
    """
    if not leaves:
        return hashlib.sha256(b"").hexdigest()
    row = list(leaves)
    while len(row) > 1:
        paired = [hashlib.sha256(b"\x01" + row[i] + row[i + 1]).digest() for i in range(0, len(row) - 1, 2)]
        row = paired + ([row[-1]] if len(row) % 2 else [])
    return row[0].hex()


def seal_hash(seal: Mapping[str, object]) -> str:
    """Return the SHA-256 (hex) of a seal: its day, last event, count, root and predecessor."""
    fields = ("day", "last_event", "heads", "root", "previous")
    return hashlib.sha256(canonical([seal[field] for field in fields])).hexdigest()


def check(events: Iterable[Mapping[str, object]], seals: Sequence[Mapping[str, object]]) -> Iterator[Fault]:
    """Yield every fault, the earliest of each chain first.

    `events` come ordered by subject kind, subject id and sequence, each with the fields hashed plus `id`
    (its place in the whole ledger) and `hash`. `seals` come oldest first. A chain is read no further than its
    first fault: what follows a broken link says nothing new.
    """
    last_events = [int(str(seal["last_event"])) for seal in seals]
    sealed: list[list[bytes]] = [[] for _ in seals]
    for chain in _chains(events):
        good: list[Mapping[str, object]] = []
        fault = _check_chain(chain, good)
        if fault:
            yield fault
        _collect_heads(good, last_events, sealed)
    yield from _check_seals(seals, sealed)


def _chains(events: Iterable[Mapping[str, object]]) -> Iterator[list[Mapping[str, object]]]:
    current: list[Mapping[str, object]] = []
    for event in events:
        if current and _subject(event) != _subject(current[0]):
            yield current
            current = []
        current.append(event)
    if current:
        yield current


def _subject(event: Mapping[str, object]) -> tuple[object, object]:
    return event["subject_kind"], event["subject_id"]


def _check_chain(chain: list[Mapping[str, object]], good: list[Mapping[str, object]]) -> Fault | None:
    previous = GENESIS
    for expected, event in enumerate(chain, start=1):
        where = f"{event['subject_kind']} {event['subject_id']} #{event['sequence']} (event {event['id']})"
        if event["sequence"] != expected:
            return Fault(where, f"number {expected} is missing: an event was deleted, inserted or moved")
        if event["previous"] != previous:
            return Fault(where, "does not name the event before it: an event was inserted, removed or moved")
        if event_hash(event) != event["hash"]:
            return Fault(where, "its content does not give its hash: it was changed after it was written")
        if good and int(str(event["id"])) <= int(str(good[-1]["id"])):
            return Fault(where, "was written before the event it follows: the order was changed")
        previous = str(event["hash"])
        good.append(event)
    return None


def _collect_heads(
    chain: list[Mapping[str, object]], last_events: list[int], sealed: list[list[bytes]]
) -> None:
    heads: dict[int, Mapping[str, object]] = {}
    for event in chain:
        seal = bisect_left(last_events, int(str(event["id"])))
        if seal < len(sealed):
            heads[seal] = event
    for seal, event in heads.items():
        number = int(str(event["sequence"]))
        sealed[seal].append(
            leaf(str(event["subject_kind"]), str(event["subject_id"]), number, str(event["hash"]))
        )


def _check_seals(seals: Sequence[Mapping[str, object]], sealed: list[list[bytes]]) -> Iterator[Fault]:
    previous = GENESIS
    for seal, leaves in zip(seals, sealed, strict=True):
        where = f"seal of {seal['day']}"
        if seal["previous"] != previous:
            yield Fault(where, "does not name the seal before it: a seal was removed, inserted or moved")
        if seal_hash(seal) != seal["hash"]:
            yield Fault(where, "its content does not give its hash: it was changed after sealing")
        if len(leaves) != int(str(seal["heads"])):
            yield Fault(
                where, f"covers {seal['heads']} chains, {len(leaves)} are here: events were added or removed"
            )
        elif merkle_root(sorted(leaves)) != seal["root"]:
            yield Fault(where, "the events of that day do not give its root: they were changed and rehashed")
        previous = str(seal["hash"])


def _lines(path: Path) -> Iterator[Mapping[str, object]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def main(arguments: Sequence[str]) -> int:
    """Check an exported folder; print each fault; return 0 when there is none, 1 when there is, 2 for misuse."""
    if len(arguments) != 1 or not (Path(arguments[0]) / "events.jsonl").is_file():
        print(
            "usage: check_ledger.py FOLDER   (the folder with events.jsonl and seals.jsonl)", file=sys.stderr
        )
        return 2
    folder = Path(arguments[0])
    faults = 0
    for fault in check(_lines(folder / "events.jsonl"), list(_lines(folder / "seals.jsonl"))):
        print(fault)
        faults += 1
    print("clean" if not faults else f"{faults} fault(s)")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
