from django.db import migrations, models

from sites import trigrams


class Migration(migrations.Migration):
    dependencies = [("sites", "0003_versions")]

    operations = [
        migrations.AddIndex(
            model_name="site",
            index=models.Index(
                condition=models.Q(("is_open", False)), fields=["enterprise"], name="site_closed"
            ),
        ),
        trigrams.index("sites_site", "sites_phonenumber", "sites_subscriber", "sites_device"),
    ]
