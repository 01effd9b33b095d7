"""Numbers of countries whose spelling has more than spaces in it are found as people type them."""

from django.db import migrations

SEPARATORS = str.maketrans("", "", " .-/()")
FRENCH = "+33"


def spell_again(apps, schema_editor):
    """Those whose key would be another one; it is as long as two numbers and has no accents."""
    numbers = apps.get_model("sites", "PhoneNumber").objects.using(schema_editor.connection.alias)
    foreign = numbers.exclude(number__startswith=FRENCH).only("number", "search_key")
    for row in foreign.iterator():
        key = f"{row.number.as_national.translate(SEPARATORS)} {row.number.as_e164}".casefold()
        if key != row.search_key:
            numbers.filter(pk=row.pk).update(search_key=key)


class Migration(migrations.Migration):

    dependencies = [
        ('sites', '0010_free_numbers'),
    ]

    operations = [
        migrations.RunPython(spell_again, migrations.RunPython.noop, elidable=True),
    ]
