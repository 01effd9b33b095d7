"""On PostgreSQL a trigger counts what is added to the audit, so that a late replica is known."""

from django.db import migrations, models

# A row that another act counts on is left to it; when all are taken, a new one is begun. Failed
# sign-ins change nothing, and anybody may cause them: they are left out.
COUNT = """
CREATE FUNCTION permissions_count_act() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    place bigint;
BEGIN
    FOR place IN
        SELECT DISTINCT coalesce(person.enterprise_id, 0)
        FROM written LEFT JOIN administrators_administrator person ON person.id = written.actor_id
        WHERE written.act <> 'sign_in_failed'
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
CREATE TRIGGER permissions_count_act AFTER INSERT ON permissions_auditentry
REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION permissions_count_act();
"""
FORGET = """
DROP TRIGGER permissions_count_act ON permissions_auditentry;
DROP FUNCTION permissions_count_act();
"""


def count(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(COUNT)


def forget(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FORGET)


class Migration(migrations.Migration):
    dependencies = [("permissions", "0007_words_of_acts")]
    operations = [
        migrations.CreateModel(
            name="ActCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("enterprise", models.BigIntegerField(verbose_name="enterprise")),
                ("count", models.BigIntegerField(verbose_name="acts")),
            ],
            options={
                "verbose_name": "count of acts",
                "verbose_name_plural": "counts of acts",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("enterprise", "id"), name="acts_of_enterprise")
                ],
            },
        ),
        migrations.RunPython(count, forget),
    ]
