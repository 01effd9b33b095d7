"""A recording is found by the name of who was recorded and has left the site, too."""

from functools import partial

from django.db import migrations

from sites.text import KEY_LENGTH, SearchKeyField, fold

BEFORE = ("number", "peer", "reference")
AFTER = (*BEFORE, "user_name")


def spell_again(apps, schema_editor, sources):
    """Few have a name in words: only those of users who moved to another site."""
    recordings = apps.get_model("sites", "Recording").objects.using(schema_editor.connection.alias)
    for row in recordings.exclude(user_name="").only(*AFTER).iterator():
        words = " ".join(str(getattr(row, source)) for source in sources)
        recordings.filter(pk=row.pk).update(search_key=fold(words)[:KEY_LENGTH])


class Migration(migrations.Migration):

    dependencies = [
        ('sites', '0012_recordings_of_who_left'),
    ]

    operations = [
        migrations.AlterField(
            model_name='recording',
            name='search_key',
            field=SearchKeyField(help_text='Number or reference', sources=AFTER),
        ),
        migrations.RunPython(
            partial(spell_again, sources=AFTER), partial(spell_again, sources=BEFORE)
        ),
    ]
