"""The audit says where in the tree each act stands, so that a branch's history is one range.

All rows are written anew, which the append-only trigger lets nobody else do: stop the portal for
this.
"""

from django.conf import settings
from django.db import migrations, models

FILL = """
UPDATE permissions_auditentry SET path = coalesce((
    SELECT {child_path} FROM administrators_administrator person
    WHERE person.id = coalesce(target_id, actor_id)
), path)
"""
CHILD_PATH = {
    "postgresql": "person.path || int8send(person.id)",
    "sqlite": "old_child_path(person.path, person.id)",
}
TRIGGER = "ALTER TABLE permissions_auditentry {} TRIGGER permissions_audit_append_only"


def child_path(path, pk):
    return bytes(path) + pk.to_bytes(8, "big")


def fill(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    on_postgresql = vendor == "postgresql"
    if not on_postgresql:  # whatever the portal calls it by then
        schema_editor.connection.connection.create_function("old_child_path", 2, child_path)
    before, after = ([TRIGGER.format(word)] * on_postgresql for word in ("DISABLE", "ENABLE"))
    for statement in (*before, FILL.format(child_path=CHILD_PATH[vendor]), *after):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("permissions", "0011_keys_of_grants"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name="auditentry",
            name="path",
            field=models.BinaryField(default=b"", editable=False),
        ),
        migrations.RemoveIndex(model_name="auditentry", name="audit_of_enterprise"),
        migrations.RemoveIndex(model_name="auditentry", name="audit_of_target"),
        migrations.RemoveIndex(model_name="auditentry", name="audit_of_item"),
        migrations.RemoveIndex(model_name="auditentry", name="audit_of_site"),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["enterprise", "at", "id"], name="audit_of_enterprise"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["enterprise", "act", "at", "id"], name="audit_of_act"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["enterprise", "path", "act", "at"], name="audit_of_branch"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["enterprise", "item", "at", "id"], name="audit_of_item"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(
                fields=["enterprise", "site", "at", "id"],
                condition=models.Q(("site__isnull", False)),
                name="audit_of_site",
            ),
        ),
    ]
