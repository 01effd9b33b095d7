"""What is searched in recordings, notes, orders and services is found by an index as well."""

from django.db import migrations

from sites import trigrams


class Migration(migrations.Migration):
    dependencies = [("sites", "0005_keys_begin_with_the_enterprise")]

    operations = [
        trigrams.index("sites_recording", "sites_note", "sites_order", "sites_service"),
    ]
