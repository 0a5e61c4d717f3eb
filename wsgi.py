"""The web service, for any WSGI server: `granian --interface wsgi wsgi:app`."""

from gateway import create_app

app = create_app()
