"""What an act gives and takes of several sites is one row of the audit for each person.

Rows that are there stay as they are. The names of the sites can only be added to, like the audit.
There is no way back once an act has written such a row: older code cannot read it.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.exceptions import IrreversibleError

REFUSE = """
CREATE TRIGGER permissions_sites_append_only BEFORE UPDATE OR DELETE ON permissions_auditedsite
FOR EACH ROW EXECUTE FUNCTION permissions_audit_refuse();
"""
ALLOW = "DROP TRIGGER permissions_sites_append_only ON permissions_auditedsite;"


def refuse(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REFUSE)


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ALLOW)


def refuse_to_lose(apps, schema_editor):
    if apps.get_model("permissions", "AuditEntry").objects.filter(site_ids__gt="").exists():
        raise IrreversibleError("The audit has rows of several sites, which would be lost.")


class Migration(migrations.Migration):
    dependencies = [
        ("permissions", "0012_audit_of_branches"),
        ("sites", "0009_what_is_searched"),
    ]
    operations = [
        migrations.AddField(
            model_name="auditentry",
            name="site_ids",
            field=models.TextField(db_default="", default="", editable=False),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(condition=models.Q(("site_ids__gt", "")), fields=["enterprise", "act_id"], name="audit_of_sites"),
        ),
        migrations.CreateModel(
            name="AuditedSite",
            fields=[
                ("pk", models.CompositePrimaryKey("enterprise_id", "act_id", "site_id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("enterprise", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="sites.enterprise", verbose_name="enterprise")),
                ("act_id", models.UUIDField(verbose_name="act")),
                ("site", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="sites.site", verbose_name="site")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
            ],
            options={
                "verbose_name": "site in the audit",
                "verbose_name_plural": "sites in the audit",
                "default_permissions": (),
                "indexes": [models.Index(fields=["enterprise", "site"], name="audited_site")],
            },
        ),
        migrations.RunPython(refuse, allow),
        migrations.RunPython(migrations.RunPython.noop, refuse_to_lose),
    ]
