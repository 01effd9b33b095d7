"""The indexes by site begin with the enterprise; that of numbers holds all that finds a page.

Eight tables are locked while their indexes are built anew: stop the portal for this one.
"""

from django.db import migrations, models

ORDERS = {
    "callrecord": ("call_site", ["at"]),
    "device": ("device_site", ["mac", "id"]),
    "note": ("note_site", ["created_at", "id"]),
    "order": ("order_site", ["ordered_on", "id"]),
    "phonenumber": ("number_site", ["number", "id"]),
    "recording": ("recording_site", ["at", "id"]),
    "service": ("service_site", ["search_key", "id"]),
    "subscriber": ("subscriber_site", ["search_key", "id"]),
}


class Migration(migrations.Migration):
    dependencies = [("sites", "0006_words_of_recordings_notes_and_orders")]

    operations = [
        *(migrations.RemoveIndex(model, name) for model, (name, _) in ORDERS.items()),
        *(
            migrations.AddIndex(
                model, models.Index(fields=["enterprise", "site", *order], name=name)
            )
            for model, (name, order) in ORDERS.items()
        ),
    ]
