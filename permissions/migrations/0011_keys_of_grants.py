"""What keeps grants within their bounds begins with the enterprise (decision 0017)."""

from django.db import migrations

import sites.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("permissions", "0010_grants_name_the_enterprise"),
        ("sites", "0005_keys_begin_with_the_enterprise"),
        ("administrators", "0003_keys_begin_with_the_enterprise"),
    ]
    operations = [
        migrations.AddConstraint(
            model_name='featuregrant',
            constraint=sites.constraints.CompositeForeignKey(cascade=True, fields=['enterprise', 'bound', 'permission', 'content_object'], name='feature_grant_within_bound', to_fields=['enterprise_id', 'user_id', 'permission_id', 'content_object_id'], to_table='permissions_featuregrant'),
        ),
        migrations.AddConstraint(
            model_name='featuregrant',
            constraint=sites.constraints.CompositeForeignKey(cascade=True, fields=['enterprise', 'user', 'bound'], name='feature_grant_true_bound', to_fields=['enterprise_id', 'id', 'bound'], to_table='administrators_administrator'),
        ),
        migrations.AddConstraint(
            model_name='sitegrant',
            constraint=sites.constraints.CompositeForeignKey(cascade=True, fields=['enterprise', 'bound', 'permission', 'content_object'], name='site_grant_within_bound', to_fields=['enterprise_id', 'user_id', 'permission_id', 'content_object_id'], to_table='permissions_sitegrant'),
        ),
        migrations.AddConstraint(
            model_name='sitegrant',
            constraint=sites.constraints.CompositeForeignKey(cascade=True, fields=['enterprise', 'user', 'bound'], name='site_grant_true_bound', to_fields=['enterprise_id', 'id', 'bound'], to_table='administrators_administrator'),
        ),
        migrations.AddConstraint(
            model_name='sitegrant',
            constraint=sites.constraints.CompositeForeignKey(cascade=True, fields=['enterprise', 'content_object'], name='site_grant_same_enterprise', to_fields=['enterprise_id', 'id'], to_table='sites_site'),
        ),
    ]
