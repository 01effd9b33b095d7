"""What a revocation on a large branch writes is counted by its actor, and indexed once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FUNCTION = """
CREATE OR REPLACE FUNCTION permissions_count_act() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    place bigint;
BEGIN
    FOR place IN
        SELECT DISTINCT coalesce(person.enterprise_id, 0)
        FROM ({actors}) acting
        LEFT JOIN administrators_administrator person ON person.id = acting.actor_id
    LOOP
        UPDATE permissions_actcount SET count = count + 1 WHERE id = (
            SELECT id FROM permissions_actcount WHERE enterprise = place
            ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
        );
        IF NOT FOUND THEN
            INSERT INTO permissions_actcount (enterprise, count) VALUES (place, 1);
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
"""
EACH_ROW = "SELECT actor_id FROM written WHERE act <> 'sign_in_failed'"
EACH_ACTOR = "SELECT DISTINCT actor_id FROM written WHERE act <> 'sign_in_failed'"


def by_actor(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION.format(actors=EACH_ACTOR))


def by_row(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION.format(actors=EACH_ROW))


class Migration(migrations.Migration):
    dependencies = [
        ("permissions", "0008_act_counts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RunPython(by_actor, by_row),
        migrations.AlterField(
            model_name="auditentry",
            name="target",
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="audit", to=settings.AUTH_USER_MODEL, verbose_name="target"),
        ),
        migrations.RemoveIndex(model_name="auditentry", name="audit_of_site"),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(condition=models.Q(("site__isnull", False)), fields=["site", "id"], name="audit_of_site"),
        ),
    ]
