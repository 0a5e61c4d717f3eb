"""Where things are kept: the engine, the outbox, the audit trail, the bell, the migrations."""
