"""Free numbers at some sites are found without reading those that are taken."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sites', '0009_what_is_searched'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='phonenumber',
            index=models.Index(condition=models.Q(('device', None), ('service', None), ('subscriber', None), ('trunk', None)), fields=['enterprise', 'site', 'number', 'id'], name='number_free'),
        ),
    ]
