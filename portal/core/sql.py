"""SQL for invariants that outlive any mistake in Python: rows that may only be added."""

from collections.abc import Sequence
from typing import NamedTuple


class Sql(NamedTuple):
    """Unpacks into `migrations.RunSQL(*…)`."""

    sql: str
    reverse_sql: str


def append_only_trigger(
    table: str, except_columns: Sequence[str] = (), *, only_while_null: str | None = None
) -> Sql:
    """A row trigger that refuses DELETE, and UPDATE of every column but the excepted ones.

    `only_while_null` names a column that must still be null before the update: rows completed once.
    The refusal reaches Python as django.db.IntegrityError. TRUNCATE is left to the owner of the table.
    """
    function = f"{table}_append_only"
    forgiven = "\n".join(f'        candidate."{column}" := OLD."{column}";' for column in except_columns)
    once = f' OR OLD."{only_while_null}" IS NOT NULL' if only_while_null else ""
    forward = f"""
CREATE FUNCTION "{function}"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    candidate "{table}"%ROWTYPE;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        candidate := NEW;
{forgiven}
        IF NOT (candidate IS DISTINCT FROM OLD{once}) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'append-only: % of "{table}" is refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER "{function}" BEFORE UPDATE OR DELETE ON "{table}"
    FOR EACH ROW EXECUTE FUNCTION "{function}"();
"""
    reverse = f'DROP TRIGGER "{function}" ON "{table}"; DROP FUNCTION "{function}"();'
    return Sql(forward, reverse)
