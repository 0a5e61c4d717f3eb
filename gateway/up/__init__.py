"""`pamoja up`: the whole product on one machine, for trying it: an embedded Redis, SQLite, a demo co-operative, a phone."""
