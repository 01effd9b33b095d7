"""Grants and the audit name the enterprise, first in their keys (docs/decisions/0017-tenancy.md).

Whole tables are written anew, and until 0011 nothing keeps a grant within its bound: stop the
portal for these.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OF_GRANTS = """
UPDATE permissions_featuregrant SET enterprise_id = (
    SELECT enterprise_id FROM administrators_administrator person WHERE person.id = user_id
)
"""
OF_AUDIT = """
UPDATE permissions_auditentry SET enterprise_id = coalesce(
    (SELECT enterprise_id FROM administrators_administrator person WHERE person.id = target_id),
    (SELECT enterprise_id FROM sites_site site WHERE site.id = site_id),
    CASE WHEN item LIKE 'enterprise:%' THEN (
        SELECT id FROM sites_enterprise place WHERE item || ':' LIKE 'enterprise:' || place.id || ':%'
    ) END,
    (SELECT enterprise_id FROM administrators_administrator person WHERE person.id = actor_id)
)
"""
TRIGGER = "ALTER TABLE permissions_auditentry {} TRIGGER permissions_audit_append_only"


def fill(apps, schema_editor):
    """The audit is append-only but for this; what the carrier did to a site stays without."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    before, after = ([TRIGGER.format(word)] * on_postgresql for word in ("DISABLE", "ENABLE"))
    for statement in (OF_GRANTS, *before, OF_AUDIT, *after):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("permissions", "0009_cheaper_audit"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RemoveConstraint(
            model_name='featuregrant',
            name='feature_grant_within_bound',
        ),
        migrations.RemoveConstraint(
            model_name='featuregrant',
            name='feature_grant_true_bound',
        ),
        migrations.RemoveConstraint(
            model_name='sitegrant',
            name='site_grant_within_bound',
        ),
        migrations.RemoveConstraint(
            model_name='sitegrant',
            name='site_grant_true_bound',
        ),
        migrations.RemoveConstraint(
            model_name='sitegrant',
            name='site_grant_same_enterprise',
        ),
        migrations.AddField(
            model_name='auditentry',
            name='enterprise',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sites.enterprise', verbose_name='enterprise'),
        ),
        migrations.AddField(
            model_name='featuregrant',
            name='enterprise',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sites.enterprise'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='featuregrant',
            name='enterprise',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sites.enterprise'),
        ),
        migrations.RemoveIndex(
            model_name='auditentry',
            name='audit_of_target',
        ),
        migrations.RemoveIndex(
            model_name='auditentry',
            name='audit_of_item',
        ),
        migrations.RemoveIndex(
            model_name='auditentry',
            name='audit_of_site',
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='actor',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='acts', to=settings.AUTH_USER_MODEL, verbose_name='actor'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['enterprise', 'id'], name='audit_of_enterprise'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['enterprise', 'target', 'act', 'at'], name='audit_of_target'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['enterprise', 'actor'], name='audit_of_actor'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['enterprise', 'item', 'id'], name='audit_of_item'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(condition=models.Q(('site__isnull', False)), fields=['enterprise', 'site', 'id'], name='audit_of_site'),
        ),
        migrations.RemoveConstraint(
            model_name='featuregrant',
            name='feature_grant_once',
        ),
        migrations.RemoveIndex(
            model_name='featuregrant',
            name='feature_grant_bound',
        ),
        migrations.AlterField(
            model_name='featuregrant',
            name='permission',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='auth.permission'),
        ),
        migrations.AddConstraint(
            model_name='featuregrant',
            constraint=models.UniqueConstraint(fields=('enterprise', 'user', 'permission', 'content_object'), name='feature_grant_once'),
        ),
        migrations.AddIndex(
            model_name='featuregrant',
            index=models.Index(fields=['enterprise', 'bound', 'permission', 'content_object'], name='feature_grant_bound'),
        ),
        migrations.RemoveConstraint(
            model_name='sitegrant',
            name='site_grant_once',
        ),
        migrations.RemoveIndex(
            model_name='sitegrant',
            name='site_grant_bound',
        ),
        migrations.AlterField(
            model_name='sitegrant',
            name='permission',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='auth.permission'),
        ),
        migrations.AddConstraint(
            model_name='sitegrant',
            constraint=models.UniqueConstraint(fields=('enterprise', 'user', 'permission', 'content_object'), name='site_grant_once'),
        ),
        migrations.AddIndex(
            model_name='sitegrant',
            index=models.Index(fields=['enterprise', 'bound', 'permission', 'content_object'], name='site_grant_bound'),
        ),
    ]
