"""Rights come from the key alone: every address × method, whatever a request says of itself."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from kb import corrections
from kb.actions.permissions import REQUIRED, AccessRole, Right
from kb.config import Settings
from kb.errors import UserError
from kb.library import log
from kb.model import Fact, FactCorrection
from kb.state import open_state, state_folder
from kb.web import create_app, identity
from kb.web.rules import RULES
from tests.cli.test_serve import ROOT, free_port
from tests.indexes import CHIEFS, LEADERS
from tests.web.access import be, key_cookie, with_key
from tests.web.forms import csrf_token
from tests.web.source import PreparedSource
from tests.web.test_security import addresses

OWN = {"Origin": "http://localhost"}
FORGED: list[dict[str, str]] = [
    {},
    {"X-Forwarded-For": "127.0.0.1"},
    {"X-Forwarded-For": "127.0.0.1, 127.0.0.1", "X-Real-IP": "127.0.0.1"},
    {"Forwarded": 'for=127.0.0.1;host="127.0.0.1";proto=https'},
    {"X-Forwarded-Host": "localhost", "X-Forwarded-Proto": "https"},
    {"X-Remote-User": "anna", "Remote-User": "anna", "X-Forwarded-User": "anna"},
    {"Authorization": "Basic YW5uYTphbm5h"},
    {"Host": "127.0.0.1:8000"},
    {"Host": "[::1]"},
]
OPEN = {endpoint for endpoint, right in RULES.items() if right is Right.READ}


def test_every_rule_stands_in_the_table(app):
    there = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert there - RULES.keys() == set(), "say in kb/web/rules.py what this address needs"
    assert RULES.keys() - there == set(), "these are gone"


def test_an_address_that_is_not_in_the_table_is_closed(source):
    app = create_app(Settings(), source)
    app.add_url_rule("/ny", "ny", lambda: "hemligt")
    for client in (app.test_client(), with_key(app)):
        answer = client.get("/ny")
        assert answer.status_code == 403
        assert "hemligt" not in answer.text


def test_what_readers_may_do_takes_no_more_than_a_reader():
    assert REQUIRED[Right.READ] is AccessRole.READER
    assert {role for right, role in REQUIRED.items() if right is not Right.READ} == {
        AccessRole.EDITOR,
        AccessRole.ADMINISTRATOR,
    }
    changing = {rule for rule in OPEN if rule.startswith(("upload.", "removal.", "log."))}
    assert changing == set()


@pytest.mark.parametrize("headers", FORGED, ids=lambda own: ",".join(own) or "nothing")
def test_a_caller_without_the_key_changes_nothing(app, stranger, source, library, headers):
    before = sorted(library.rglob("*"))
    token = csrf_token(stranger, "/oppna")
    for rule in app.url_map.iter_rules():
        for method in ("GET", "POST"):
            if method not in (rule.methods or ()):
                continue
            for address in [one for one in addresses(app, method) if matches(app, one, rule)]:
                origin = f"http://{headers.get('Host', 'localhost')}"
                answer = stranger.open(
                    address,
                    method=method,
                    data={"csrf_token": token} if method == "POST" else None,
                    headers={"Origin": origin} | headers,
                )
                if rule.endpoint in OPEN:
                    assert answer.status_code != 421, (address, method)
                else:
                    assert answer.status_code == 403, (address, method)
                    assert "Öppna länken som visades när Minnesbanken startades" in answer.text
    assert (sorted(library.rglob("*")), source.builds, source.cancelled) == (before, 0, False)


def matches(app, address: str, rule) -> bool:
    with app.test_request_context(address):
        adapter = app.url_map.bind("localhost")
        method = next(iter((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        return adapter.match(address.split("?")[0], method)[0] == rule.endpoint


@pytest.mark.parametrize("given", ["", "x", "å", "None", "0" * 43, "\x7f"])
def test_a_wrong_key_is_none(app, library, given):
    client = app.test_client()
    client.set_cookie(key_cookie(app)[0], given)
    assert client.get("/logg").status_code == 403


def test_the_link_gives_the_right_and_leaves_no_trace(app, stranger, library):
    _, key = key_cookie(app)
    data = {"nyckel": key, "csrf_token": csrf_token(stranger, "/oppna")}
    answer = stranger.post("/oppna", data=data, headers=OWN)
    assert (answer.status_code, answer.location) == (303, "/")
    (cookie,) = [one for one in answer.headers.getlist("Set-Cookie") if key in one]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie
    assert stranger.get("/logg").status_code == 200
    page = stranger.get("/oppna").text
    assert key not in page
    out = {"csrf_token": csrf_token(stranger, "/oppna")}
    assert stranger.post("/oppna/glom", data=out, headers=OWN).status_code == 303
    assert stranger.get("/logg").status_code == 403


def test_the_whole_link_can_be_pasted_and_a_wrong_one_is_refused(app, stranger):
    name, key = key_cookie(app)
    token = csrf_token(stranger, "/oppna")
    for given in ("", "fel", f"{key}x", f"http://127.0.0.1:8000/oppna#{key[:-1]}"):
        answer = stranger.post("/oppna", data={"nyckel": given, "csrf_token": token}, headers=OWN)
        assert answer.status_code == 403
        assert name not in answer.headers.get("Set-Cookie", "")
        assert key not in answer.text
        assert "Fel nyckel" in answer.text
    link = f" http://127.0.0.1:8000/oppna#{key} "
    answer = stranger.post("/oppna", data={"nyckel": link, "csrf_token": token}, headers=OWN)
    assert answer.status_code == 303


def test_the_setting_gives_everybody_the_right(source):
    client = create_app(Settings(everybody=True), source).test_client()
    assert client.get("/logg").status_code == 200
    assert "Få ändra" not in client.get("/").text


def test_a_reader_sees_no_dead_buttons(stranger, library, source):
    for page in ("/", "/bibliotek", "/rattningar", f"/dokument/{CHIEFS}", "/kunskap", "/personer"):
        text = stranger.get(page).text
        assert "<button" not in text.replace(search_form(text), ""), page
        for address in ("/ladda-upp", "/papperskorg", "/logg", "/ta-bort", "/kunskap/ny"):
            assert f'href="{address}' not in text, page
        assert 'href="/oppna"' in text


def search_form(text: str) -> str:
    found = re.search(r'<form[^>]*role="search".*?</form>', text, re.S)
    return found[0] if found else "\0"


def test_editors_may_less_than_administrators(client, library, monkeypatch):
    be(monkeypatch, "anna", AccessRole.EDITOR)
    assert client.get("/papperskorg").status_code == 200
    assert client.get("/papperskorg/tom").status_code == 403
    assert "Bevaka mappen" not in client.get("/bibliotek").text


# A name of its own, given by a proxy


def test_the_public_name_is_answered_and_its_forms_are_taken(source, library):
    public = "https://minnen.kommunen.se"
    app = create_app(Settings(public=public), source)
    client = app.test_client()
    name, key = key_cookie(app)
    client.set_cookie(name, key, domain="minnen.kommunen.se")
    assert client.get("/logg", base_url=public).status_code == 200
    assert client.get("/logg", base_url="https://andra.kommunen.se").status_code == 421
    # As a default nginx asks: by the address it was told, with the reader's own origin.
    client = with_key(app)
    data = {"csrf_token": csrf_token(client, "/ladda-upp"), "bevaka": "ja"}
    for origin, status in ((public, 303), ("https://ond.example", 400), (f"{public}:81", 400)):
        answer = client.post("/bibliotek/bevakning", data=data, headers={"Origin": origin})
        assert answer.status_code == status, origin
    key_form = {"csrf_token": csrf_token(client, "/ladda-upp"), "nyckel": key}
    answer = client.post("/oppna", data=key_form, headers={"Origin": public})
    assert any("Secure" in one for one in answer.headers.getlist("Set-Cookie") if key in one)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KB_RIGHTS", "alle"),
        ("KB_RIGHTS", "1"),
        ("KB_PUBLIC", "minnen.kommunen.se"),
        ("KB_PUBLIC", "https://minnen.kommunen.se/under"),
        ("KB_PUBLIC", "https://a@b"),
        ("KB_PUBLIC", "http://[x"),
    ],
)
def test_a_setting_that_is_no_setting_is_refused(name, value):
    with pytest.raises(UserError, match=name):
        Settings.from_environment({name: value})


def test_settings():
    default = Settings.from_environment({})
    assert (default.everybody, default.public, default.state) == (False, "", None)
    chosen = {"KB_RIGHTS": "alla", "KB_PUBLIC": "https://Minnen.kommunen.se/", "KB_STATE": "x"}
    made = Settings.from_environment(chosen)
    assert (made.everybody, made.public) == (True, "https://minnen.kommunen.se")
    assert made.state == Path("x")


# The state folder


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_the_key_is_the_same_after_a_restart_and_nobody_elses(tmp_path):
    folder = tmp_path / "a" / "state"
    first = open_state(folder)
    assert open_state(folder) == first
    assert len(first.token) >= 40
    assert len(first.secret) == 32
    assert (mode(folder.parent), mode(folder)) == (0o700, 0o700)
    assert {mode(file) for file in folder.iterdir()} == {0o600}
    folder.chmod(0o755)
    (folder / "nyckel").chmod(0o644)
    open_state(folder)
    assert (mode(folder), mode(folder / "nyckel")) == (0o700, 0o600)


@pytest.mark.parametrize("left", [b"", b"kort", b"\xff" * 40])
def test_a_damaged_key_opens_to_nobody(tmp_path, left):
    open_state(tmp_path)
    (tmp_path / "nyckel").write_bytes(left)
    if len(left) > 32:
        with pytest.raises(UserError, match="skadad"):
            open_state(tmp_path)
        return
    app = create_app(Settings(), PreparedSource(), open_state(tmp_path))
    client = app.test_client()
    client.set_cookie(key_cookie(app)[0], left.decode())
    assert client.get("/logg").status_code == 403
    assert len(open_state(tmp_path).token) >= 40


def test_a_state_folder_that_cannot_be_used_is_named(tmp_path):
    (tmp_path / "fil").write_text("x")
    with pytest.raises(UserError, match="KB_STATE"):
        open_state(tmp_path / "fil" / "state")


def test_libraries_have_states_of_their_own(tmp_path):
    one, other = state_folder(tmp_path / "a" / "bib"), state_folder(tmp_path / "b" / "bib")
    assert one != other
    assert state_folder(tmp_path / "a" / ".." / "a" / "bib") == one
    assert state_folder(tmp_path / "a" / "bib", tmp_path / "vald") == tmp_path / "vald"
    apps = [create_app(Settings(), PreparedSource(), open_state(tmp_path / n)) for n in "xy"]
    names = {key_cookie(app)[0] for app in apps}
    names |= {app.config["SESSION_COOKIE_NAME"] for app in apps}
    assert len(names) == 4  # browsers send a machine's cookies to all of its ports


# Behind a real nginx that nobody has configured


@dataclass
class Proxied:
    url: str
    direct: str
    key_link: str
    library: Path
    access_log: Path

    def ask(self, path: str, data: bytes | None = None, **headers: str) -> tuple[int, str]:
        asked = urllib.request.Request(self.url + path, data, headers)
        opener = urllib.request.build_opener(NoRedirect)
        try:
            with opener.open(asked, timeout=20) as answer:
                return answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8", "replace")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        """Show the redirect itself."""


@pytest.fixture(scope="module")
def proxied(seed_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not nginx:
        pytest.skip("nginx is not installed")
    place = tmp_path_factory.mktemp("nginx")
    library = place / "library"
    shutil.copytree(ROOT / "seeds", library)
    hidden = FactCorrection(Fact.HIDDEN, "Personlig representant", by="anna")
    corrections.add_fact(library / LEADERS, hidden)
    log.record(library, "anna", log.Act.CORRECT, LEADERS, "hemligheten")
    port, front = free_port(), free_port()
    (place / "nginx.conf").write_text(
        f"""daemon off; pid {place}/pid; error_log {place}/error.log;
        events {{}}
        http {{
            access_log {place}/access.log;
            client_body_temp_path {place}/body; proxy_temp_path {place}/proxy;
            fastcgi_temp_path {place}/f; uwsgi_temp_path {place}/u; scgi_temp_path {place}/s;
            server {{
                listen 127.0.0.1:{front};
                location / {{ proxy_pass http://127.0.0.1:{port}; }}
            }}
        }}""",
        "ascii",
    )
    server = subprocess.Popen(
        [sys.executable, "-m", "kb", "serve", "--library", str(library), "--index",
         str(seed_index), "--port", str(port), "--processes", "1"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    proxy = subprocess.Popen([nginx, "-p", str(place), "-c", str(place / "nginx.conf")])
    try:
        assert server.stdout
        said = server.stdout.readline() + server.stdout.readline()
        link = re.search(r"http://\S+/oppna#\S+", said)
        assert link, said
        there = Proxied(
            f"http://127.0.0.1:{front}",
            f"http://127.0.0.1:{port}",
            link[0],
            library,
            place / "access.log",
        )
        wait_for(there)
        yield there
    finally:
        for process in (proxy, server):
            process.terminate()
            process.wait(timeout=20)


def wait_for(there: Proxied) -> None:
    import time

    for _ in range(200):
        try:
            if there.ask("/hjalp")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError("nginx or the server did not start")


def test_behind_nginx_nobody_is_administrator(proxied: Proxied, app):
    # Whatever it is asked by, nginx asks by this machine's own address, from this machine.
    host = {"Host": "minnen.kommunen.se"}
    origin = {"Origin": proxied.direct}
    assert proxied.ask(f"/dokument/{LEADERS}", **host)[0] == 200
    assert proxied.ask("/sok?q=familjehem", **host)[0] == 200
    for path in ("/logg", "/papperskorg", "/ladda-upp", "/kunskap/ny", f"/ta-bort/{LEADERS}"):
        for forged in FORGED:
            status, page = proxied.ask(path, **(host | forged))
            assert status == 403, path
            assert "hemligheten" not in page
    status, page = proxied.ask(f"/original/{quote(LEADERS)}", **host)
    assert status == 403
    assert "Personlig representant" not in page
    files = sorted(proxied.library.rglob("*"))
    for address in addresses(app, "POST"):
        for forged in FORGED:
            status, _ = proxied.ask(address, b"fil=x", **(host | forged | origin))
            assert status == (400 if address.startswith("/oppna") else 403), address
    assert sorted(proxied.library.rglob("*")) == files
    gets = [one for one in addresses(app, "GET") if one != "/static/x"]
    closed = {address for address in gets if proxied.ask(address, **host)[0] == 403}
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        wanted = {one for one in gets if RULES[adapter.match(one)[0]] is not Right.READ}
    assert closed == wanted


def test_the_link_works_behind_nginx_and_is_in_no_log(proxied: Proxied):
    key = proxied.key_link.partition("#")[2]
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with browser.open(proxied.url + "/oppna", timeout=20) as answer:
        token = re.search(r'name="csrf_token" value="([^"]+)"', answer.read().decode())
    assert token
    data = f"csrf_token={token[1]}&nyckel={key}".encode()
    asked = urllib.request.Request(proxied.url + "/oppna", data, {"Origin": proxied.direct})
    with browser.open(asked, timeout=20) as answer:
        assert answer.url == proxied.direct + "/" or answer.url == proxied.url + "/"
    with browser.open(proxied.url + "/logg", timeout=20) as answer:
        assert "hemligheten" in answer.read().decode()
    assert key not in proxied.access_log.read_text()


def test_the_name_of_the_cookie_tells_nothing(app):
    with app.test_request_context():
        assert identity.state().token not in identity.cookie_name()
