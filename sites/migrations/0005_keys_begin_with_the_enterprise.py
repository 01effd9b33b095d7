"""The keys of what stands at a site begin with the enterprise (docs/decisions/0017-tenancy.md).

Whole tables are locked while their keys are built anew: stop the portal for this one.
"""

from django.db import migrations, models

import sites.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("sites", "0004_words_and_closed_sites"),
        ("permissions", "0010_grants_name_the_enterprise"),
    ]
    operations = [
        migrations.RemoveConstraint(
            model_name='callhandling',
            name='callhandling_of_enterprise',
        ),
        migrations.RemoveConstraint(
            model_name='callhandling',
            name='handling_subscriber_of_same_site',
        ),
        migrations.RemoveConstraint(
            model_name='callhandling',
            name='handling_service_of_same_site',
        ),
        migrations.RemoveConstraint(
            model_name='callrecord',
            name='callrecord_of_enterprise',
        ),
        migrations.RemoveConstraint(
            model_name='device',
            name='device_of_enterprise',
        ),
        migrations.RemoveConstraint(
            model_name='device',
            name='device_station_of_same_site',
        ),
        migrations.RemoveConstraint(
            model_name='device',
            name='device_subscriber_of_same_site',
        ),
        migrations.RemoveConstraint(
            model_name='equipmentrequest',
            name='equipmentrequest_of_enterprise',
        ),
        migrations.RemoveConstraint(
            model_name='equipmentrequest',
            name='request_device_of_same_site',
        ),
        migrations.RemoveConstraint(
            model_name='holiday',
            name='holiday_of_enterprise',
        ),
        migrations.RemoveConstraint(
            model_name='note',
            name='note_of_enterprise',
        ),
        migrations.RemoveConstraint(
            model_name='openinghours',
            name='openinghours_of_enterprise',
        ),
        migrations.RemoveConstraint(
            model_name='order',
            name='order_of_enterprise',
        ),
        migrations.RemoveConstraint(
            model_name='phonenumber',
            name='phonenumber_of_enterprise',
        ),
        migrations.RemoveConstraint(
            model_name='phonenumber',
            name='number_subscriber_of_same_site',
        ),
        migrations.RemoveConstraint(
            model_name='phonenumber',
            name='number_device_of_same_site',
        ),
        migrations.RemoveConstraint(
            model_name='phonenumber',
            name='number_service_of_same_site',
        ),
        migrations.RemoveConstraint(
            model_name='phonenumber',
            name='number_trunk_of_same_site',
        ),
        migrations.RemoveConstraint(
            model_name='recording',
            name='recording_of_enterprise',
        ),
        migrations.RemoveConstraint(
            model_name='recording',
            name='recording_subscriber_of_same_site',
        ),
        migrations.RemoveConstraint(
            model_name='service',
            name='service_of_enterprise',
        ),
        migrations.RemoveConstraint(
            model_name='servicemember',
            name='servicemember_of_enterprise',
        ),
        migrations.RemoveConstraint(
            model_name='servicemember',
            name='member_service_of_same_site',
        ),
        migrations.RemoveConstraint(
            model_name='servicemember',
            name='member_subscriber_of_same_site',
        ),
        migrations.RemoveConstraint(
            model_name='siptrunk',
            name='siptrunk_of_enterprise',
        ),
        migrations.RemoveConstraint(
            model_name='station',
            name='station_of_enterprise',
        ),
        migrations.RemoveConstraint(
            model_name='subscriber',
            name='subscriber_of_enterprise',
        ),
        migrations.RemoveConstraint(
            model_name='subscriber',
            name='subscriber_station_of_same_site',
        ),
        migrations.RemoveConstraint(
            model_name='callhandling',
            name='handling_situation',
        ),
        migrations.RemoveConstraint(
            model_name='device',
            name='device_at_one_site',
        ),
        migrations.RemoveConstraint(
            model_name='equipmentrequest',
            name='request_open_once',
        ),
        migrations.RemoveConstraint(
            model_name='holiday',
            name='holiday_once',
        ),
        migrations.RemoveConstraint(
            model_name='openinghours',
            name='hours_once',
        ),
        migrations.RemoveConstraint(
            model_name='phonenumber',
            name='number_main_of_site',
        ),
        migrations.RemoveConstraint(
            model_name='service',
            name='service_at_one_site',
        ),
        migrations.RemoveConstraint(
            model_name='service',
            name='service_name',
        ),
        migrations.RemoveConstraint(
            model_name='servicemember',
            name='member_once',
        ),
        migrations.RemoveConstraint(
            model_name='siptrunk',
            name='siptrunk_at_one_site',
        ),
        migrations.RemoveConstraint(
            model_name='station',
            name='station_at_one_site',
        ),
        migrations.RemoveConstraint(
            model_name='subscriber',
            name='subscriber_at_one_site',
        ),
        migrations.RemoveConstraint(
            model_name='subscriber',
            name='subscriber_extension',
        ),
        migrations.RemoveConstraint(
            model_name='site',
            name='site_id_enterprise',
        ),
        migrations.AddConstraint(
            model_name='site',
            constraint=models.UniqueConstraint(fields=('enterprise', 'id'), name='site_of_enterprise'),
        ),
        migrations.AddConstraint(
            model_name='callhandling',
            constraint=models.UniqueConstraint(fields=('enterprise', 'site', 'situation'), name='handling_situation'),
        ),
        migrations.AddConstraint(
            model_name='device',
            constraint=models.UniqueConstraint(fields=('enterprise', 'site', 'id'), name='device_at_one_site'),
        ),
        migrations.AddConstraint(
            model_name='equipmentrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('waiting', 'sent'))), fields=('enterprise', 'device', 'action'), name='request_open_once'),
        ),
        migrations.AddConstraint(
            model_name='holiday',
            constraint=models.UniqueConstraint(fields=('enterprise', 'site', 'day'), name='holiday_once'),
        ),
        migrations.AddConstraint(
            model_name='openinghours',
            constraint=models.UniqueConstraint(fields=('enterprise', 'site', 'weekday', 'opens'), name='hours_once'),
        ),
        migrations.AddConstraint(
            model_name='phonenumber',
            constraint=models.UniqueConstraint(condition=models.Q(('is_main', True)), fields=('enterprise', 'site'), name='number_main_of_site'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.UniqueConstraint(fields=('enterprise', 'site', 'id'), name='service_at_one_site'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.UniqueConstraint(fields=('enterprise', 'site', 'kind', 'name'), name='service_name'),
        ),
        migrations.AddConstraint(
            model_name='servicemember',
            constraint=models.UniqueConstraint(fields=('enterprise', 'service', 'subscriber'), name='member_once'),
        ),
        migrations.AddConstraint(
            model_name='siptrunk',
            constraint=models.UniqueConstraint(fields=('enterprise', 'site', 'id'), name='siptrunk_at_one_site'),
        ),
        migrations.AddConstraint(
            model_name='station',
            constraint=models.UniqueConstraint(fields=('enterprise', 'site', 'id'), name='station_at_one_site'),
        ),
        migrations.AddConstraint(
            model_name='subscriber',
            constraint=models.UniqueConstraint(fields=('enterprise', 'site', 'id'), name='subscriber_at_one_site'),
        ),
        migrations.AddConstraint(
            model_name='subscriber',
            constraint=models.UniqueConstraint(condition=models.Q(('extension', ''), _negated=True), fields=('enterprise', 'site', 'extension'), name='subscriber_extension'),
        ),
        migrations.AddConstraint(
            model_name='callhandling',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site'], name='callhandling_of_enterprise', to_fields=['enterprise_id', 'id'], to_table='sites_site'),
        ),
        migrations.AddConstraint(
            model_name='callhandling',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site', 'subscriber'], name='handling_subscriber_of_same_site', to_fields=['enterprise_id', 'site_id', 'id'], to_table='sites_subscriber'),
        ),
        migrations.AddConstraint(
            model_name='callhandling',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site', 'service'], name='handling_service_of_same_site', to_fields=['enterprise_id', 'site_id', 'id'], to_table='sites_service'),
        ),
        migrations.AddConstraint(
            model_name='callrecord',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site'], name='callrecord_of_enterprise', to_fields=['enterprise_id', 'id'], to_table='sites_site'),
        ),
        migrations.AddConstraint(
            model_name='device',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site'], name='device_of_enterprise', to_fields=['enterprise_id', 'id'], to_table='sites_site'),
        ),
        migrations.AddConstraint(
            model_name='device',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site', 'station'], name='device_station_of_same_site', to_fields=['enterprise_id', 'site_id', 'id'], to_table='sites_station'),
        ),
        migrations.AddConstraint(
            model_name='device',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site', 'subscriber'], name='device_subscriber_of_same_site', to_fields=['enterprise_id', 'site_id', 'id'], to_table='sites_subscriber'),
        ),
        migrations.AddConstraint(
            model_name='equipmentrequest',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site'], name='equipmentrequest_of_enterprise', to_fields=['enterprise_id', 'id'], to_table='sites_site'),
        ),
        migrations.AddConstraint(
            model_name='equipmentrequest',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site', 'device'], name='request_device_of_same_site', to_fields=['enterprise_id', 'site_id', 'id'], to_table='sites_device'),
        ),
        migrations.AddConstraint(
            model_name='holiday',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site'], name='holiday_of_enterprise', to_fields=['enterprise_id', 'id'], to_table='sites_site'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site'], name='note_of_enterprise', to_fields=['enterprise_id', 'id'], to_table='sites_site'),
        ),
        migrations.AddConstraint(
            model_name='openinghours',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site'], name='openinghours_of_enterprise', to_fields=['enterprise_id', 'id'], to_table='sites_site'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site'], name='order_of_enterprise', to_fields=['enterprise_id', 'id'], to_table='sites_site'),
        ),
        migrations.AddConstraint(
            model_name='phonenumber',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site'], name='phonenumber_of_enterprise', to_fields=['enterprise_id', 'id'], to_table='sites_site'),
        ),
        migrations.AddConstraint(
            model_name='phonenumber',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site', 'subscriber'], name='number_subscriber_of_same_site', to_fields=['enterprise_id', 'site_id', 'id'], to_table='sites_subscriber'),
        ),
        migrations.AddConstraint(
            model_name='phonenumber',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site', 'device'], name='number_device_of_same_site', to_fields=['enterprise_id', 'site_id', 'id'], to_table='sites_device'),
        ),
        migrations.AddConstraint(
            model_name='phonenumber',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site', 'service'], name='number_service_of_same_site', to_fields=['enterprise_id', 'site_id', 'id'], to_table='sites_service'),
        ),
        migrations.AddConstraint(
            model_name='phonenumber',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site', 'trunk'], name='number_trunk_of_same_site', to_fields=['enterprise_id', 'site_id', 'id'], to_table='sites_siptrunk'),
        ),
        migrations.AddConstraint(
            model_name='recording',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site'], name='recording_of_enterprise', to_fields=['enterprise_id', 'id'], to_table='sites_site'),
        ),
        migrations.AddConstraint(
            model_name='recording',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site', 'subscriber'], name='recording_subscriber_of_same_site', to_fields=['enterprise_id', 'site_id', 'id'], to_table='sites_subscriber'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site'], name='service_of_enterprise', to_fields=['enterprise_id', 'id'], to_table='sites_site'),
        ),
        migrations.AddConstraint(
            model_name='servicemember',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site'], name='servicemember_of_enterprise', to_fields=['enterprise_id', 'id'], to_table='sites_site'),
        ),
        migrations.AddConstraint(
            model_name='servicemember',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site', 'service'], name='member_service_of_same_site', to_fields=['enterprise_id', 'site_id', 'id'], to_table='sites_service'),
        ),
        migrations.AddConstraint(
            model_name='servicemember',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site', 'subscriber'], name='member_subscriber_of_same_site', to_fields=['enterprise_id', 'site_id', 'id'], to_table='sites_subscriber'),
        ),
        migrations.AddConstraint(
            model_name='siptrunk',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site'], name='siptrunk_of_enterprise', to_fields=['enterprise_id', 'id'], to_table='sites_site'),
        ),
        migrations.AddConstraint(
            model_name='station',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site'], name='station_of_enterprise', to_fields=['enterprise_id', 'id'], to_table='sites_site'),
        ),
        migrations.AddConstraint(
            model_name='subscriber',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site'], name='subscriber_of_enterprise', to_fields=['enterprise_id', 'id'], to_table='sites_site'),
        ),
        migrations.AddConstraint(
            model_name='subscriber',
            constraint=sites.constraints.CompositeForeignKey(cascade=False, fields=['enterprise', 'site', 'station'], name='subscriber_station_of_same_site', to_fields=['enterprise_id', 'site_id', 'id'], to_table='sites_station'),
        ),
    ]
