"""A client of every catalog: reads responses and tells what it sees, see talk in languages_test.go."""

import base64
import copy
import importlib
import json
import pickle
import sys

sys.path.insert(0, ".")


def main() -> None:
    for line in sys.stdin:
        name, coded = line.rstrip("\n").split("\t")
        print("\t".join(f"{key}={encoded(value)}" for key, value in tell(name, coded).items()))


def tell(name: str, coded: str) -> dict[str, str | bytes]:
    module = importlib.import_module(f"{name}.api_errors")
    head, _, body = base64.b64decode(coded).partition(b"\n\n")
    status, *lines = head.decode().split("\n")
    headers = dict(line.split(": ", 1) for line in lines)
    if status == "0":
        return answer(module)
    error = module.find_error(int(status), headers, body)
    if error is None:
        return {}
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(again) is type(error) and vars(again) == vars(error) and str(again) == str(error), error
    told: dict[str, str | bytes] = {
        "code": str(error.code),
        "message": error.message,
        "status": str(error.status),
        "retryable": str(error.retryable).lower(),
        "delay": repr(error.delay(3)),
        "sent": message(error.to_response()),
    }
    if error.request_id is not None:
        told["requestId"] = error.request_id
    if error.retry_after is not None:
        told["retryAfter"] = repr(error.retry_after)
    if error.raw_details is not None:
        told["rawDetails"] = json.dumps(module._to_json(error.raw_details))
    if error.info is not None and (error.details is not None or "details" not in type(error).__annotations__):
        told["raised"] = message(raised(error).to_response())
    error.message += "!"
    told["changed"] = message(error.to_response())
    return told


def raised(error):
    options = {"message": error.message, "request_id": error.request_id}
    if error.info.retry_after:
        options["retry_after"] = error.retry_after or 0
    again = type(error)(*([] if error.details is None else [error.details]), **options)
    again.retry_after = error.retry_after
    return again


def answer(module) -> dict[str, str | bytes]:
    if not hasattr(module, "as_api_exception"):
        return {}
    try:
        raise RuntimeError("not to be sent")
    except RuntimeError as error:
        assert module.as_api_exception(error).__cause__ is error
        return {"sent": message(module.as_api_exception(error).to_response())}


def message(response) -> bytes:
    status, headers, body = response
    lines = [str(status), *(f"{name}: {value}" for name, value in headers.items())]
    return "\n".join(lines).encode() + b"\n\n" + body


def encoded(value: str | bytes) -> str:
    content = value.encode(errors="surrogatepass") if isinstance(value, str) else value
    return base64.b64encode(content).decode()


main()
