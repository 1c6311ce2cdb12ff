#!/bin/sh
# Restore a backup of deploy/backup.sh into a data folder that holds nothing yet, with the embedded database.
# 恢复：到一个空的数据文件夹。用自有 PostgreSQL 的，步骤见 docs/ops/operations.md。
#
#   QINGYUAN_DATA=/new/folder deploy/restore.sh BACKUP KEYS
#
# BACKUP  one qingyuan-<time>/ folder; KEYS  the folder that the keys were kept in. The system must not run on
# that data folder. Ends with migrate and verify.
set -eu
umask 077

here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
python=${QINGYUAN_PYTHON:-$here/.venv/bin/python}

if [ $# -ne 2 ] || [ -z "${QINGYUAN_DATA:-}" ]; then
    sed -n '2,8p' "$0" >&2
    exit 2
fi
backup=$(CDPATH='' cd -- "$1" && pwd -P)
keys=$(CDPATH='' cd -- "$2" && pwd -P)
if [ -e "$QINGYUAN_DATA" ] && [ -n "$(ls -A "$QINGYUAN_DATA")" ]; then
    echo "$QINGYUAN_DATA 不是空文件夹：恢复不覆盖任何数据。请另选一个文件夹。" >&2
    exit 2
fi
if [ ! -f "$keys/reporter-key" ]; then
    echo "$keys 里没有 reporter-key：没有它，密封的举报人身份再也打不开。请找到密钥备份再恢复。" >&2
    exit 2
fi
(cd "$backup" && sha256sum --quiet --check SHA256SUMS)

assignments=$("$python" "$here/deploy/connection.py" superuser)
eval "$assignments"
unset assignments

# The system never ran here, so the database is empty. It is made anew all the same: grants are part of the dump,
# and in a database with default privileges the application's role would get back what the ledger denies it.
"$BIN/pg_restore" --exit-on-error --clean --if-exists --create --dbname=postgres "$backup/database.dump"

mkdir -p "$DATA/keys"
chmod 700 "$DATA/keys"
cp -p "$keys"/* "$DATA/keys/"
if [ -f "$backup/files.tar" ]; then
    tar -xf "$backup/files.tar" -C "$DATA"
fi
if [ -f "$backup/calendar.yaml" ]; then
    cp -p "$backup/calendar.yaml" "$DATA/"
fi

"$python" -m qingyuan.site.command migrate --no-input --verbosity 0
"$python" -m qingyuan.site.command verify
echo "已恢复到 $DATA。启动：QINGYUAN_DATA=$DATA ./run qingyuan serve"
