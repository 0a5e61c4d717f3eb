"""The web service, for any WSGI server: `granian --interface wsgi wsgi:app`."""

import gc

from gateway import create_app

app = create_app()
gc.collect()
gc.freeze()  # what is there now is there for good: no hop waits until it has been looked through for garbage
