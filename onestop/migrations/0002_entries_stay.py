"""A line of a book of certifications is never removed or changed; it may be struck, once."""

from django.db import migrations

from portal.core.sql import append_only_trigger

STRUCK = ("cancelled_at", "cancelled_by_id", "cancel_reason")


class Migration(migrations.Migration):
    dependencies = [("onestop", "0001_initial")]

    operations = [
        migrations.RunSQL(
            *append_only_trigger("onestop_certificationentry", STRUCK, only_while_null="cancelled_at")
        ),
    ]
