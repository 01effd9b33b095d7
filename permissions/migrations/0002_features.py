"""The 11 features are rows, so that each can be granted."""

from django.db import migrations

CODES = (
    "analytics", "call_recording", "dashboard", "manage_administrators", "notes", "orders",
    "profile", "reports", "services", "sip_trunking", "user_assignments",
)


def add_features(apps, schema_editor):
    feature = apps.get_model("permissions", "Feature")
    feature.objects.bulk_create([feature(code=code) for code in CODES])


class Migration(migrations.Migration):
    dependencies = [("permissions", "0001_initial")]
    operations = [migrations.RunPython(add_features, migrations.RunPython.noop, elidable=False)]
