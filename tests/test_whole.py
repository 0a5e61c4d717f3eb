"""The whole product as a newcomer starts it: real processes, real HTTP, a real browser; nothing of it runs in this one."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from gateway.up.embedded import free_port
from tests.looks import where
from tests.servers.browser import NoBrowser, browser
from tests.test_wires import FORM, JOIN, wire

PROJECT = Path(__file__).parent.parent
WAIT_S = 60.0


@dataclass
class Instance:
    home: Path
    port: int
    process: subprocess.Popen[str]
    said: str = ""

    def environ(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PAMOJA_")}
        return {**clean, "PAMOJA_HOME": str(self.home), "PAMOJA_PORT": str(self.port), "PYTHONUNBUFFERED": "1", "COLUMNS": "200"}

    def run(self, *command: str, said: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "gateway", *command],
            cwd=PROJECT,
            env=self.environ(),
            input=said,
            capture_output=True,
            text=True,
            check=False,
            timeout=WAIT_S,
        )

    def demo(self) -> dict:  # type: ignore[type-arg]
        return json.loads(self.run("demo", "--json").stdout)

    def urls(self) -> dict[str, str]:
        return dict(line.split(" ", 1) for line in self.run("urls").stdout.splitlines())

    def balance(self, name: str) -> int:
        return next(one["balance_minor"] for one in self.demo()["members"] if one["name"] == name)


def three_free_ports() -> int:
    """A port whose next two are free as well."""
    while True:
        port = free_port()
        try:
            for more in (1, 2):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port + more))
        except (OSError, OverflowError):
            continue
        return port


def start(home: Path, port: int) -> Instance:
    instance = Instance(home, port, None)  # type: ignore[arg-type]
    log = home.parent / f"{home.name}.log"
    with log.open("w") as out:
        instance.process = subprocess.Popen([sys.executable, "-m", "gateway", "up"], cwd=PROJECT, env=instance.environ(), stdout=out, stderr=out, text=True)
    end = time.monotonic() + WAIT_S
    while "Ctrl-C" not in (said := log.read_text()):
        assert instance.process.poll() is None, said
        assert time.monotonic() < end, said
        time.sleep(0.05)
    instance.said = said
    return instance


def stop(instance: Instance) -> str:
    instance.process.send_signal(signal.SIGINT)
    assert instance.process.wait(timeout=30) == 0
    return (instance.home.parent / f"{instance.home.name}.log").read_text()


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    running = start(tmp_path_factory.mktemp("whole") / "home", three_free_ports())
    yield running
    stop(running)


def hop(urls: dict[str, str], number: str, text: str, call: str) -> str:
    form = {"phoneNumber": number, "serviceCode": "*384*20417#", "text": text, "sessionId": call, "networkCode": "99999"}
    answer = requests.post(urls["ussd"], data=form, headers={"User-Agent": "at-ussd-api/1.0"}, timeout=10)
    assert answer.status_code == 200
    return answer.text


def inbox(instance: Instance, number: str) -> list[str]:
    answer = requests.get(f"http://127.0.0.1:{instance.port}/phone/inbox", params={"number": number}, timeout=10)
    return [one["words"] for one in answer.json()]


def until(what: object, seconds: float = 15.0) -> object:
    """Wait until something is true, and give it back."""
    end = time.monotonic() + seconds
    while not (came := what()):  # type: ignore[operator]
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.1)
    return came


def test_it_says_friendly_lines_and_the_login_once(instance: Instance) -> None:
    for line in ("Data folder", "Embedded Redis", "Database", "Demo co-operative", "/phone", "/console", "README.md", "shown once", "Ctrl-C stops everything."):
        assert line in instance.said
    assert instance.said.count("done (") == 5


def test_every_address_is_printed_one_a_line(instance: Instance) -> None:
    urls = instance.urls()

    assert list(urls) == ["ussd", "ussd_end", "sms", "delivery", "optout", "airtime", "airtime_validate", "hubtel_ussd"]
    assert all(url.startswith(f"http://127.0.0.1:{instance.port}/{'hubtel' if name == 'hubtel_ussd' else 'at'}/") for name, url in urls.items())


def test_the_demo_tells_what_it_holds(instance: Instance) -> None:
    held = instance.demo()

    assert (held["code"], held["shortcode"]) == ("*384*20417#", "20417")
    assert {frozenset(one) for one in held["members"]} == {frozenset({"number", "name", "pin", "balance_minor"})}
    assert re.fullmatch(r"[0-9]{6}", held["console"]["code"])


def test_a_pin_and_a_password_cost_in_service_what_owasp_asks(instance: Instance) -> None:
    books = sqlite3.connect(next(instance.home.glob("*.db")))
    kept = [one for (one,) in books.execute("SELECT pin_hash FROM members UNION SELECT password_hash FROM operators")]
    books.close()
    assert kept
    assert all("$argon2id$v=19$m=19456,t=2,p=1$" in one for one in kept)


def test_the_recorded_bytes_of_a_first_hop_over_real_http(instance: Instance) -> None:
    answer = requests.post(instance.urls()["ussd"], data=wire("hop_first"), headers=FORM, timeout=10)

    assert answer.content == JOIN.encode()
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Length"] == str(len(answer.content))


def test_a_transfer_over_http_moves_money_and_both_get_their_sms(instance: Instance) -> None:
    urls, payer, payee = instance.urls(), "+254733000003", "+254744000004"
    before = (instance.balance("Achieng"), instance.balance("Kamau"))
    told = len(inbox(instance, payee))
    said = [hop(urls, payer, text, "ATUid_curl") for text in ("", "2", "2*1", "2*1*0744000004", "2*1*0744000004*150", "2*1*0744000004*150*6274")]

    assert said[-1].startswith("END Umetuma KES 150 kwa Kamau.")
    assert (instance.balance("Achieng"), instance.balance("Kamau")) == (before[0] - 15_500, before[1] + 15_000)
    until(lambda: len(inbox(instance, payee)) > told)
    assert "KES 150 kutoka Achieng" in inbox(instance, payee)[-1]
    until(lambda: any("KES 150 zimetumwa kwa Kamau" in one for one in inbox(instance, payer)))


def test_the_curl_talk_of_the_readme_goes_as_it_says(instance: Instance) -> None:
    """The block is cut out of README.md and run as it stands there; each line's comment says how its answer begins."""
    readme = (PROJECT / "README.md").read_text()
    block = readme[readme.index("    URL=$(") : readme.index("## Test it")]
    script = block.replace(".venv/bin/pamoja", f"{sys.executable} -m gateway")
    done = subprocess.run(["bash", "-c", script], cwd=PROJECT, env=instance.environ(), capture_output=True, text=True, check=True, timeout=WAIT_S)
    answers = [answer for answer in re.split(r"\n(?=CON |END )", done.stdout) if answer.strip()]
    promised = re.findall(r"^ +hop '[^']*' +# (.+?) ?…", block, re.M)

    assert len(answers) == len(promised) == 6
    for answer, begins in zip(answers, promised, strict=True):
        assert answer.startswith(begins)


def test_a_stop_that_python_drops_is_no_fault_and_every_other_is_told() -> None:
    """It comes when it comes: while an object is let go of, Python drops what is raised and reports it with a traceback."""
    script = """
import sys, weakref
from gateway.up import supervise

class Thing: ...

def raises(error):
    def let_go(_):
        raise error
    return let_go

sys.unraisablehook = supervise._dropped
for error in (supervise.Leave("quiet"), ValueError("loud")):
    thing = Thing()
    watched = weakref.ref(thing, raises(error))
    del thing
"""
    said = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True).stderr
    assert "ValueError: loud" in said
    assert "Leave" not in said


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM])
@pytest.mark.parametrize("after_s", [0.4, 1.6])
def test_it_can_be_stopped_while_it_starts(tmp_path: Path, sign: signal.Signals, after_s: float) -> None:
    port = three_free_ports()
    began = Instance(tmp_path / "early", port, None)  # type: ignore[arg-type]
    process = subprocess.Popen(
        [sys.executable, "-m", "gateway", "up"], cwd=PROJECT, env=began.environ(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip
    time.sleep(after_s)
    process.send_signal(sign)
    said, _ = process.communicate(timeout=WAIT_S)

    assert "Traceback" not in said
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert str(tmp_path / "early") not in listed
    for one in (port, port + 1, port + 2):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", one))


def test_a_data_folder_has_one_owner(instance: Instance) -> None:
    refused = Instance(instance.home, three_free_ports(), None).run("up")  # type: ignore[arg-type]

    assert refused.returncode == 1
    assert "is in use by another" in refused.stderr
    assert instance.demo()["members"]


def test_the_phone_in_the_terminal(instance: Instance) -> None:
    # 00 first: what became of a payment may stand before the menu
    done = instance.run("phone", "+254711000001", said="00\n1\n1\n:again\n:drop\n:dial *384*20417*2*1#\n:nonsense\n:quit\n")

    assert done.returncode == 0
    assert done.stdout.count("On the way out") == 2
    assert "Send to who?" in done.stdout
    assert re.search(r"- [0-9]+/160 [+]", done.stdout)


def test_the_terminal_phone_rings_on_the_other_provider_too(instance: Instance) -> None:
    """And on a network that sends every step twice, of which nobody notices anything."""
    for options in (["--provider", "hubtel"], ["--provider", "hubtel", "--habit", "twice"], ["--habit", "twice", "--habit", "no_plus", "--habit", "shuffled"]):
        done = instance.run("phone", *options, "+254722000002", said="1\n1\n:again\n00\n:drop\n:quit\n")

        assert done.returncode == 0, done.stderr
        assert done.stdout.count("On the way out") == 2
        assert "complains" not in done.stderr


def test_metrics_are_on_a_loopback_port_of_their_own(instance: Instance) -> None:
    hop(instance.urls(), "+254711000001", "", "ATUid_metrics")
    told = requests.get(f"http://127.0.0.1:{instance.port + 1}/metrics", timeout=10).text

    assert "pamoja_hops_total" in told
    assert requests.get(f"http://127.0.0.1:{instance.port}/metrics", timeout=10).status_code == 404


def test_the_books_and_the_menus_are_sound(instance: Instance) -> None:
    assert "The books are sound." in instance.run("verify").stdout
    assert instance.run("check").returncode == 0


def test_a_port_that_is_taken_is_said_in_one_sentence(instance: Instance, tmp_path: Path) -> None:
    other = Instance(tmp_path / "other", instance.port, instance.process)
    done = other.run("up")

    assert done.returncode == 1
    assert done.stderr.strip() == f"Error: Port {instance.port} is taken. Choose another: PAMOJA_PORT={instance.port + 10} make run"


def test_a_broken_setting_is_said_in_one_sentence(instance: Instance, tmp_path: Path) -> None:
    other = Instance(tmp_path / "other", three_free_ports(), instance.process)
    environ = {**other.environ(), "PAMOJA_SCREEN_SEPTETS": "many"}
    done = subprocess.run([sys.executable, "-m", "gateway", "up"], cwd=PROJECT, env=environ, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "PAMOJA_SCREEN_SEPTETS is 'many'; it must be a number from 100 to 182" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_instances_side_by_side_stop_cleanly_and_start_again(instance: Instance, tmp_path: Path) -> None:
    before = instance.balance("Wanjiru")
    other = start(tmp_path / "second", three_free_ports())
    hop(other.urls(), "+254711000001", "2*1*0722000002*100", "ATUid_two")
    assert hop(other.urls(), "+254711000001", "2*1*0722000002*100*4715", "ATUid_two").startswith("END Sent KES 100")
    log = stop(other)
    assert log.rstrip().endswith("Stopped.")
    children = subprocess.run(["pgrep", "-f", str(other.home)], capture_output=True, text=True, check=False).stdout.split()
    assert [pid for pid in children if int(pid) != os.getpid()] == []

    again = start(tmp_path / "second", other.port)
    assert "shown once" not in again.said
    assert again.balance("Wanjiru") == 2_400_00
    assert instance.balance("Wanjiru") == before
    stop(again)


@pytest.mark.browser
def test_money_is_sent_on_the_phone_page_and_found_in_the_console(instance: Instance, request: pytest.FixtureRequest) -> None:
    base, held = f"http://127.0.0.1:{instance.port}", instance.demo()
    try:
        with browser() as chromium:
            page = chromium.new_page(viewport={"width": 320, "height": 720})
            problems: list[str] = []
            page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: problems.append(str(error)))
            page.goto(f"{base}/phone")
            page.select_option("#number", "+254722000002")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
            page.keyboard.press("Enter")
            until(lambda: page.inner_text("#screen").startswith("Hi Otieno"))
            for answer in ("2", "1", "0744000004", "120"):
                until(lambda: "waiting" not in (page.get_attribute("#screen", "class") or ""))
                before = page.inner_text("#screen")
                page.fill("#typed", answer)
                page.press("#typed", "Enter")
                until(lambda shown=before: page.inner_text("#screen") != shown)
            assert "Send KES 120 to Kamau (..004)? Fee KES 5." in page.inner_text("#screen")
            for key in "5839":
                page.click(f'.key[data-key="{key}"]')
            page.click("#call")
            until(lambda: page.inner_text("#screen").startswith("Sent KES 120 to Kamau"))
            ref = re.search(r"Ref (\w{8})", page.inner_text("#screen"))[1]  # type: ignore[index]
            assert re.fullmatch(r"\d+/160", page.inner_text("#room"))
            page.wait_for_selector(f"#inbox li:has-text('{ref}')", timeout=15_000)
            page.click("#again")
            until(lambda: page.inner_text("#network").startswith("that hop again"))
            assert ref in page.inner_text("#screen")

            page.set_viewport_size({"width": 1280, "height": 800})
            page.goto(f"{base}/console")
            page.fill("#login", held["console"]["login"])
            page.fill("#password", held["console"]["password"])
            page.fill("#code", instance.demo()["console"]["code"])
            page.click("main button")
            page.wait_for_selector(f"a.ref:has-text('{ref}')")
            page.click(f"a.ref:has-text('{ref}')")
            page.click("main button:has-text('Look')")  # it asks why first
            page.wait_for_selector("ol.timeline")
            told = page.inner_text("main")
            for said in ("Hop 5: send.sent", "typed ****", "Posting 1: principal KES 120", "Posting 2: fee KES 5", "SMS written to +254 … 004", "in batch "):
                until(lambda s=said: s in page.inner_text("main") or not page.reload())
            assert not where("5839", told)
            for width in (320, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                for path in ("/console/transactions", "/console/feedback"):
                    page.goto(base + path)
                    assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            assert problems == []
    except NoBrowser as why:
        pytest.fail(f"No browser can be had, so this test did not run: {why}")
