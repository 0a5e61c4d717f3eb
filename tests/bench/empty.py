"""What a hop is measured against: a Flask view that reads the same form and answers `CON ok`."""

from flask import Flask, Response, request

app = Flask(__name__)


@app.post("/ussd")
def answer() -> Response:
    form = request.form
    assert form["sessionId"], form["phoneNumber"]
    return Response("CON ok", content_type="text/plain; charset=utf-8")
