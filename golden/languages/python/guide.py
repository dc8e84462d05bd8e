"""Runs the code of templates/python/README.md, with the module of the catalog at the root as shop.api_errors."""

import concurrent.futures
import logging
import re
import sys
import threading
import types
import warnings
from pathlib import Path

import httpx

warnings.simplefilter("ignore")  # of the test client's own
from fastapi.testclient import TestClient  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402

sys.path.insert(0, ".")
from out import api_errors  # noqa: E402

sys.modules["shop"] = types.ModuleType("shop")
sys.modules["shop.api_errors"] = api_errors

text = Path(__file__).resolve().parents[3].joinpath("templates/python/README.md").read_text()
blocks = re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
server, fastapi, flask, client, caught, retried = ({} for _ in range(6))


def run(block: str, names: dict[str, object], *known: dict[str, object]) -> None:
    names["__name__"] = "guide"
    for more in known:
        names.update(more)
    exec(compile(block, f"README.md: {block[:40]!r}", "exec"), names)


run(blocks[0], server)
run(blocks[1], fastapi, server)
run(blocks[2], flask, server)
run(blocks[3], client)
run(blocks[4], caught, client)
run(blocks[5], retried)
assert len(blocks) == 6, len(blocks)


def check_server(get) -> None:
    """What each framework answers; get returns status, headers and body."""
    status, headers, body = get("/projects/p1")
    assert (status, body["name"]) == (200, "Checkout"), body
    status, headers, body = get("/projects/p2")
    assert (status, body["error"]["code"], body["error"]["message"]) == (404, "NOT_FOUND", "There is no project p2"), body
    assert headers["content-type"] == "application/json; charset=utf-8", headers
    assert headers["cache-control"] == "no-store", headers
    status, headers, body = get("/projects/busy")
    assert (status, headers["retry-after"], body["error"]["code"]) == (429, "12", "RATE_LIMITED"), body
    status, headers, body = get("/projects/a-b")
    assert (status, body["error"]["details"]) == (400, {"issues": [{"path": "projectId", "message": "letters and digits only"}]})
    status, headers, body = get("/nowhere")
    assert (status, body["error"]["code"]) == (404, "NOT_FOUND"), body
    projects, server["projects"] = server["projects"], None
    status, headers, body = get("/projects/p1")
    assert (status, body["error"]["code"]) == (500, "INTERNAL_ERROR") and "subscriptable" not in str(body), body
    server["projects"] = projects


def parts(response: httpx.Response):
    return response.status_code, response.headers, response.json()


logging.disable()
with TestClient(fastapi["app"], raise_server_exceptions=False) as starlette:
    check_server(lambda path: parts(starlette.get(path)))
    status, _, body = parts(starlette.get("/pages", params={"page": "x"}))
    assert (status, body["error"]["details"]["issues"][0]["path"]) == (400, "query.page"), body
    assert starlette.get("/projects/p2", headers={"X-Request-Id": "r1"}).json()["error"]["requestId"] == "r1"

http = make_server("127.0.0.1", 0, flask["app"], threaded=True)
address = f"http://127.0.0.1:{http.port}"
threading.Thread(target=http.serve_forever, daemon=True).start()
check_server(lambda path: parts(httpx.get(address + path)))

for get in (client["get_with_requests"], client["get_with_httpx"], client["get_with_urllib"]):
    assert get(address + "/projects/p1"), get
    try:
        get(address + "/projects/busy")
    except api_errors.RateLimitedError as error:
        assert error.retryable and error.retry_after == 12 and error.delay(1) == 12, error
    else:
        raise AssertionError(get)

describe = caught["describe"]
assert describe(address + "/projects/p1") == "Checkout"
assert describe(address + "/projects/p2") == "no such project"
assert describe(address + "/projects/a-b") == "projectId: letters and digits only"
assert describe(address + "/projects/busy") == "Too many requests (request None)"

waits: list[float] = []
retried["time"] = types.SimpleNamespace(sleep=waits.append)
answers = [api_errors.RateLimitedError(retry_after=3), api_errors.ServiceUnavailableError(), None]


def call() -> str:
    if error := answers.pop(0):
        raise error
    return "done"


assert retried["retrying"](call) == "done" and waits[0] == 3 and 0.5 <= waits[1] <= 1, waits
answers = [api_errors.NotFoundError()]
try:
    retried["retrying"](call)
except api_errors.NotFoundError:
    pass


def fail() -> None:
    details = api_errors.ValidationErrorDetails(issues=[api_errors.Issue(path="p", message="m")])
    raise api_errors.ValidationError(details, request_id="r1")


if __name__ == "__main__":
    with concurrent.futures.ProcessPoolExecutor(1) as pool:
        try:
            pool.submit(fail).result(timeout=60)
        except api_errors.ValidationError as error:
            assert error.details is not None and error.details.issues[0].path == "p", error
    http.shutdown()
