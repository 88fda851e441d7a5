"""History and filings may only be added: row triggers refuse everything else, whoever writes."""

from django.db import migrations

from portal.core.sql import append_only_trigger


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial")]

    operations = [
        migrations.RunSQL(*append_only_trigger("dossiers_dossierevent", ("payload", "salt"))),
        migrations.RunSQL(*append_only_trigger("dossiers_filing")),
    ]
