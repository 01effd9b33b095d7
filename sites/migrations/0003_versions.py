"""What is edited has a version; what was asked of a device, and who edited a note, stay known."""

import django.db.models.deletion
import sites.text
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def name_the_devices(apps, schema_editor):
    devices = apps.get_model('sites', 'Device').objects.filter(pk=OuterRef('device'))
    requests = apps.get_model('sites', 'EquipmentRequest').objects
    requests.update(mac=Subquery(devices.values('mac')[:1]))


def name_the_editors(apps, schema_editor):
    """The audit has one row for each earlier text, in the same order."""
    versions = apps.get_model('sites', 'NoteVersion').objects
    entries = apps.get_model('permissions', 'AuditEntry').objects
    for note in versions.order_by('note').values_list('note', flat=True).distinct():
        edits = entries.filter(item=f'note:{note}:text', act='edit').order_by('-pk')
        kept = versions.filter(note=note).order_by('-pk')
        for version, editor in zip(kept, edits.values_list('actor', flat=True), strict=False):
            versions.filter(pk=version.pk).update(editor=editor)


def search_whole_notes(apps, schema_editor):
    for note in apps.get_model('sites', 'Note').objects.iterator(500):
        note.save(update_fields=['search_key'])


class Migration(migrations.Migration):

    dependencies = [
        ('permissions', '0006_audit_at_sites'),
        ('sites', '0002_inventory'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='service',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name='version'),
        ),
        migrations.AddField(
            model_name='subscriber',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name='version'),
        ),
        migrations.AddField(
            model_name='equipmentrequest',
            name='mac',
            field=models.CharField(default='', editable=False, max_length=17, verbose_name='MAC address'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='equipmentrequest',
            name='device',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='requests', to='sites.device', verbose_name='device'),
        ),
        migrations.AddField(
            model_name='noteversion',
            name='editor',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by'),
        ),
        migrations.AlterField(
            model_name='note',
            name='search_key',
            field=sites.text.SearchKeyField(max_length=None, sources=('text',)),
        ),
        migrations.RunPython(name_the_devices, migrations.RunPython.noop),
        migrations.RunPython(name_the_editors, migrations.RunPython.noop),
        migrations.RunPython(search_whole_notes, migrations.RunPython.noop),
    ]
