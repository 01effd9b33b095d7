"""On PostgreSQL a trigger refuses to change or delete what the audit holds."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION permissions_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER permissions_audit_append_only BEFORE UPDATE OR DELETE ON permissions_auditentry
FOR EACH ROW EXECUTE FUNCTION permissions_audit_refuse();
"""
ALLOW = """
DROP TRIGGER permissions_audit_append_only ON permissions_auditentry;
DROP FUNCTION permissions_audit_refuse();
"""


def refuse(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REFUSE)


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ALLOW)


class Migration(migrations.Migration):
    dependencies = [("permissions", "0002_features")]
    operations = [migrations.RunPython(refuse, allow)]
