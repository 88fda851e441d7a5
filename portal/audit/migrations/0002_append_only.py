"""Rows of audit are added and never changed; a proposal is decided once."""

from django.db import migrations

from portal.core.sql import append_only_trigger


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(*append_only_trigger("audit_readlog")),
        migrations.RunSQL(*append_only_trigger("audit_auditentry")),
        migrations.RunSQL(
            *append_only_trigger(
                "audit_proposal", ("decided_by_id", "decided_at", "outcome"), only_while_null="decided_at"
            )
        ),
    ]
