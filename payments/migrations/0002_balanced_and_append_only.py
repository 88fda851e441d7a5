"""Receipts, the ledger and what gateways told may only be added to, and each transaction of the ledger sums to zero.

The sum is checked at the end of the database transaction, so legs may be inserted one by one.
"""

from django.db import migrations

from portal.core.sql import append_only_trigger

BALANCED = """
CREATE FUNCTION "payments_ledgerentry_balanced"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    difference numeric;
BEGIN
    SELECT sum(amount) INTO difference FROM "payments_ledgerentry" WHERE "transaction" = NEW."transaction";
    IF difference <> 0 THEN
        RAISE EXCEPTION 'unbalanced: entries of transaction % sum to %', NEW."transaction", difference
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "payments_ledgerentry_balanced" AFTER INSERT ON "payments_ledgerentry"
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION "payments_ledgerentry_balanced"();
"""
UNBALANCED = """
DROP TRIGGER "payments_ledgerentry_balanced" ON "payments_ledgerentry";
DROP FUNCTION "payments_ledgerentry_balanced"();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]

    operations = [
        migrations.RunSQL(*append_only_trigger("payments_receipt")),
        migrations.RunSQL(*append_only_trigger("payments_ledgerentry")),
        migrations.RunSQL(*append_only_trigger("payments_gatewayevent")),
        migrations.RunSQL(BALANCED, UNBALANCED),
    ]
