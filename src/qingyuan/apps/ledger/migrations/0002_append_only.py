"""Make the ledger append-only in the database, and keep a partition for every month.

Three walls: triggers refuse UPDATE, DELETE and TRUNCATE; the application's role has neither grant (see
`qingyuan.site.database.roles`); seals and `qingyuan verify` find what an owner of the database does in spite
of both.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '台账只能追加:不允许对 % 执行 %', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege', HINT = '更正应当作为新事件写入';
END $$;

CREATE TRIGGER ledger_event_append_only BEFORE UPDATE OR DELETE ON ledger_event
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_event_no_truncate BEFORE TRUNCATE ON ledger_event
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_seal_append_only BEFORE UPDATE OR DELETE ON ledger_seal
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_seal_no_truncate BEFORE TRUNCATE ON ledger_seal
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();

-- The application's role, where there is a separate one, may add and read: no more.
CREATE FUNCTION ledger_restrict(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'qingyuan_app') THEN
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM qingyuan_app', target);
    END IF;
END $$;
SELECT ledger_restrict('ledger_event'), ledger_restrict('ledger_seal');

CREATE TABLE ledger_event_other PARTITION OF ledger_event DEFAULT;
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger_event_other
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
SELECT ledger_restrict('ledger_event_other');

-- Runs as the owner of the table: the application may ask for the partition of a month, not make tables.
CREATE FUNCTION ledger_make_partition(month date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    first timestamptz := date_trunc('month', month)::date::timestamp AT TIME ZONE 'Asia/Shanghai';
    next timestamptz := (date_trunc('month', month) + interval '1 month')::date::timestamp
        AT TIME ZONE 'Asia/Shanghai';
    name text := 'ledger_event_' || to_char(month, 'YYYY_MM');
BEGIN
    IF to_regclass('public.' || name) IS NULL THEN
        EXECUTE format('CREATE TABLE public.%I PARTITION OF public.ledger_event FOR VALUES FROM (%L) TO (%L)',
                       name, first, next);
        EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.%I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_refuse()', name);
        PERFORM public.ledger_restrict(format('public.%I', name)::regclass);
    END IF;
END $$;

SELECT ledger_make_partition(month::date)
FROM generate_series(date '2023-01-01', date '2028-12-01', interval '1 month') AS month;

-- Sealing waits for the writers under way; the lock ends with the transaction.
CREATE FUNCTION ledger_hold_writers() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    LOCK TABLE public.ledger_event IN SHARE ROW EXCLUSIVE MODE;
END $$;
"""

BACKWARD = """
DROP TRIGGER ledger_event_append_only ON ledger_event;
DROP TRIGGER ledger_event_no_truncate ON ledger_event;
DROP TRIGGER ledger_seal_append_only ON ledger_seal;
DROP TRIGGER ledger_seal_no_truncate ON ledger_seal;
DROP FUNCTION ledger_make_partition(date);
DROP FUNCTION ledger_hold_writers();
DROP FUNCTION ledger_restrict(regclass);
DROP FUNCTION ledger_refuse() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
