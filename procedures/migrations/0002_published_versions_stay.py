"""A published version is never changed nor deleted; only the day it ends may be written."""

from django.db import migrations

from portal.core.sql import append_only_trigger


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]

    operations = [migrations.RunSQL(*append_only_trigger("procedures_procedureversion", ("effective_to",)))]
