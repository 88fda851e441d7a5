"""Published versions never change but for the day they end; states of a draft never change."""

from django.db import migrations

from portal.core.sql import append_only_trigger


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]

    operations = [
        migrations.RunSQL(*append_only_trigger("procedures_procedureversion", ("effective_to",))),
        migrations.RunSQL(*append_only_trigger("procedures_draftrevision")),
    ]
