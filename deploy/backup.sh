#!/bin/sh
# Back up one installation while it runs: database, files and calendar to one place, the keys to another.
# 备份：数据库、附件和日历放一处，密钥放另一处。系统不必停。
#
#   deploy/backup.sh TARGET KEYS
#
# TARGET  folder that receives qingyuan-<time>/, complete or not at all
# KEYS    folder on another medium, for keys/: with both, and only with both, sealed identities can be read
#
# Reads QINGYUAN_DATA, DATABASE_URL, DATABASE_OWNER_URL as the system does. Exit code 0 only when the copy was
# made and read back.
set -eu
umask 077

here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
python=${QINGYUAN_PYTHON:-$here/.venv/bin/python}

if [ $# -ne 2 ]; then
    sed -n '2,11p' "$0" >&2
    exit 2
fi
mkdir -p "$1" "$2"
target=$(CDPATH='' cd -- "$1" && pwd -P)
keys=$(CDPATH='' cd -- "$2" && pwd -P)
case "$keys/" in
"$target/"*)
    echo "密钥不能放在备份文件夹里：拿到备份的人会同时拿到密钥。请另选一处，最好是另一介质。" >&2
    exit 2
    ;;
esac

assignments=$("$python" "$here/deploy/connection.py" owner)
eval "$assignments"
unset assignments

name=qingyuan-$(date -u +%Y%m%dT%H%M%SZ)
part=$target/.$name.part
trap 'rm -rf "$part"' EXIT
mkdir "$part"

# The database first: files are only ever added, so every file that the dump speaks of is there afterwards.
"$BIN/pg_dump" --format=custom --file="$part/database.dump"
if [ -d "$DATA/files" ]; then
    tar -cf "$part/files.tar" -C "$DATA" files
fi
if [ -f "$DATA/calendar.yaml" ]; then
    cp "$DATA/calendar.yaml" "$part/"
fi
(git -C "$here" rev-parse HEAD 2>/dev/null || echo unknown) >"$part/VERSION"
(cd "$part" && sha256sum -- * >SHA256SUMS)

# Read it back: a dump that pg_restore cannot read is no backup.
"$BIN/pg_restore" --file=/dev/null "$part/database.dump"
(cd "$part" && sha256sum --quiet --check SHA256SUMS)
sync
mv "$part" "$target/$name"

if [ -d "$DATA/keys" ]; then
    for key in "$DATA"/keys/*; do
        copy=$keys/$(basename "$key")
        if [ -e "$copy" ] && ! cmp -s "$key" "$copy"; then
            echo "$copy 与现用密钥不同，没有覆盖：旧密钥可能还有用。请先移走它再备份。" >&2
            exit 1
        fi
        cp -p "$key" "$copy"
    done
fi
echo "已备份：$target/$name（密钥在 $keys）"
