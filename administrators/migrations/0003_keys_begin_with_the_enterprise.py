"""The keys of people begin with the enterprise (docs/decisions/0017-tenancy.md).

The table is locked while its keys are built anew: stop the portal for this one.
"""

from django.db import migrations, models

import sites.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("administrators", "0002_order_of_branches"),
        ("permissions", "0010_grants_name_the_enterprise"),
    ]
    operations = [
        migrations.RemoveConstraint(
            model_name='administrator',
            name='admin_same_enterprise_as_parent',
        ),
        migrations.RemoveConstraint(
            model_name='administrator',
            name='admin_all_sites_within_bound',
        ),
        migrations.RemoveConstraint(
            model_name='administrator',
            name='admin_id_bound',
        ),
        migrations.RemoveConstraint(
            model_name='administrator',
            name='admin_id_enterprise',
        ),
        migrations.RemoveConstraint(
            model_name='administrator',
            name='admin_id_bound_enterprise',
        ),
        migrations.RemoveConstraint(
            model_name='administrator',
            name='admin_id_all_sites',
        ),
        migrations.AddConstraint(
            model_name='administrator',
            constraint=models.UniqueConstraint(fields=('enterprise', 'id'), name='admin_of_enterprise'),
        ),
        migrations.AddConstraint(
            model_name='administrator',
            constraint=models.UniqueConstraint(fields=('enterprise', 'id', 'bound'), name='admin_of_bound'),
        ),
        migrations.AddConstraint(
            model_name='administrator',
            constraint=models.UniqueConstraint(fields=('enterprise', 'id', 'all_sites_key'), name='admin_of_all_sites'),
        ),
        migrations.AddConstraint(
            model_name='administrator',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'parent'], name='admin_same_enterprise_as_parent', to_fields=['enterprise_id', 'id'], to_table='administrators_administrator'),
        ),
        migrations.AddConstraint(
            model_name='administrator',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'bound', 'all_sites_key'], name='admin_all_sites_within_bound', to_fields=['enterprise_id', 'id', 'all_sites_key'], to_table='administrators_administrator'),
        ),
    ]
