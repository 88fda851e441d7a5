"""Bank statements: reading any bank's file, and finding whose money came. Pure: no database, no clock."""
