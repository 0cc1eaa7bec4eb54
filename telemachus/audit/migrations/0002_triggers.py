"""The database itself refuses to rewrite what happened, and to forget it before its day.

A later migration that makes SQLite rebuild audit_event loses these triggers and must set them again.
"""

from typing import Any

from django.db import migrations

SQLITE = (
    """
    CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
    BEGIN SELECT RAISE(ABORT, 'audit_event: what happened is never rewritten'); END
    """,
    """
    CREATE TRIGGER audit_event_no_early_delete BEFORE DELETE ON audit_event WHEN OLD.keep_until >= date('now')
    BEGIN SELECT RAISE(ABORT, 'audit_event: this row stands until its keep_until has passed'); END
    """,
    # INSERT OR REPLACE deletes the old row without asking the trigger above.
    """
    CREATE TRIGGER audit_event_no_replace BEFORE INSERT ON audit_event
    WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'audit_event: what happened is never rewritten'); END
    """,
)
SQLITE_BACK = (
    "DROP TRIGGER audit_event_no_replace",
    "DROP TRIGGER audit_event_no_early_delete",
    "DROP TRIGGER audit_event_no_update",
)

POSTGRESQL = (
    """
    CREATE OR REPLACE FUNCTION audit_event_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'audit_event: %', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event FOR EACH ROW
    EXECUTE FUNCTION audit_event_stands('what happened is never rewritten')
    """,
    """
    CREATE TRIGGER audit_event_no_early_delete BEFORE DELETE ON audit_event FOR EACH ROW
    WHEN (OLD.keep_until >= (now() AT TIME ZONE 'utc')::date)
    EXECUTE FUNCTION audit_event_stands('this row stands until its keep_until has passed')
    """,
    """
    CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT
    EXECUTE FUNCTION audit_event_stands('rows stand until their keep_until has passed')
    """,
)
POSTGRESQL_BACK = (
    "DROP TRIGGER audit_event_no_truncate ON audit_event",
    "DROP TRIGGER audit_event_no_early_delete ON audit_event",
    "DROP TRIGGER audit_event_no_update ON audit_event",
    "DROP FUNCTION audit_event_stands()",
)


def set_triggers(_apps: Any, schema_editor: Any) -> None:
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def take_triggers_away(_apps: Any, schema_editor: Any) -> None:
    for statement in {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(set_triggers, take_triggers_away, elidable=False)]
