"""Make the money ledger of cases append-only: a correction is a new entry that strikes the old one."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION cases_refuse_money_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '金额台账只能追加:不允许对 % 执行 %', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege', HINT = '更正应当登记一条新的条目,冲销原条目并写明理由';
END $$;

CREATE TRIGGER cases_moneyentry_append_only BEFORE UPDATE OR DELETE ON cases_moneyentry
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_money_change();

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'qingyuan_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON cases_moneyentry FROM qingyuan_app;
    END IF;
END $$;
"""

BACKWARD = """
DROP TRIGGER cases_moneyentry_append_only ON cases_moneyentry;
DROP FUNCTION cases_refuse_money_change();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
