"""Google's own descriptions of its services, as its client library carries them: its routes, and what is said."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import googleapiclient

FOLDER: Final = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents"
WHOLE_AS_TEXT: Final = {"int64", "uint64"}


class Mismatch(AssertionError):  # noqa: N818 - it is the tests' finding, not an error of the program
    """Something was asked or answered that Google's description does not have."""


@dataclass(frozen=True)
class Method:
    """One method of a service: its route, its parameters, and the schemas of what is said."""

    name: str
    verb: str
    path: re.Pattern[str]
    parameters: dict[str, Any]
    request: str | None
    response: str | None
    document: str

    def arguments(self, verb: str, path: str) -> dict[str, str] | None:
        """What the route's variables are in *path*; None when it is another route."""
        match = self.path.fullmatch(path) if verb == self.verb else None
        return {name: unquote(value) for name, value in match.groupdict().items()} if match else None

    def check_query(self, query: dict[str, list[str]]) -> None:
        """Refuse query parameters that the method does not have."""
        known = {name for name, is_ in self.parameters.items() if is_["location"] == "query"}
        unknown = set(query) - known - set(document(self.document)["parameters"])
        if unknown:
            message = f"{self.name} has no parameter {sorted(unknown)}"
            raise Mismatch(message)

    def check_request(self, body: object) -> None:
        """Refuse a request that the schema does not allow."""
        self._check(self.request, body)

    def check_response(self, body: object) -> None:
        """Refuse an answer that the schema does not allow: the test server would be wrong."""
        self._check(self.response, body)

    def _check(self, schema: str | None, body: object) -> None:
        if schema is None:
            if body:
                message = f"{self.name} says nothing, not {body!r}"
                raise Mismatch(message)
            return
        check(self.document, {"$ref": schema}, body, schema)


@cache
def document(name: str) -> dict[str, Any]:
    """The description of the service *name*, such as ``searchconsole.v1``."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


@cache
def methods(name: str) -> tuple[Method, ...]:
    """Every method of the service *name*."""
    return tuple(_methods(document(name), name))


def _methods(resource: dict[str, Any], name: str) -> list[Method]:
    found = [_method(method, name) for method in resource.get("methods", {}).values()]
    for inner in resource.get("resources", {}).values():
        found += _methods(inner, name)
    return found


def _method(method: dict[str, Any], name: str) -> Method:
    request, response = (method.get(part, {}).get("$ref") for part in ("request", "response"))
    path = _pattern(method["path"])
    return Method(method["id"], method["httpMethod"], path, method["parameters"], request, response, name)


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\+?\w+)\}", path)
    texts = [re.escape(part) for part in parts]
    texts[1::2] = [f"(?P<{part.lstrip('+')}>{'.+' if part[0] == '+' else '[^/]+'})" for part in parts[1::2]]
    return re.compile("/" + "".join(texts))


def check(name: str, schema: dict[str, Any], value: object, place: str) -> None:
    """Refuse a *value* that *schema* of the service *name* does not allow. Unknown names are mistakes."""
    if "$ref" in schema:
        schema = document(name)["schemas"][schema["$ref"]]
    kind = schema.get("type", "any")
    if kind == "object":
        _check_object(name, schema, value, place)
    elif kind == "array":
        _expect(isinstance(value, list), place, "a list", value)
        for number, item in enumerate(value if isinstance(value, list) else []):
            check(name, schema["items"], item, f"{place}[{number}]")
    else:
        _check_plain(schema, kind, value, place)


def _check_object(name: str, schema: dict[str, Any], value: object, place: str) -> None:
    _expect(isinstance(value, dict), place, "an object", value)
    assert isinstance(value, dict)
    known, further = schema.get("properties", {}), schema.get("additionalProperties")
    for key, item in value.items():
        inner = known.get(key, further)
        _expect(inner is not None, f"{place}.{key}", "a known name", item)
        check(name, inner, item, f"{place}.{key}")


def _check_plain(schema: dict[str, Any], kind: str, value: object, place: str) -> None:
    if kind == "string":
        _expect(isinstance(value, str), place, "a text", value)
        if schema.get("format") in WHOLE_AS_TEXT:
            _expect(str(value).lstrip("-").isdigit(), place, "a whole number as text", value)
    elif kind == "integer":
        _expect(type(value) is int, place, "a whole number", value)
    elif kind == "number":
        _expect(type(value) in {int, float}, place, "a number", value)
    elif kind == "boolean":
        _expect(type(value) is bool, place, "true or false", value)
    if "enum" in schema:
        # Google takes either spelling: googleNews, GOOGLE_NEWS.
        _expect(_bare(str(value)) in map(_bare, schema["enum"]), place, f"one of {schema['enum']}", value)


def _bare(text: str) -> str:
    return text.replace("_", "").lower()


def _expect(holds: bool, place: str, wanted: str, value: object) -> None:
    if not holds:
        message = f"{place} is {value!r}, not {wanted}"
        raise Mismatch(message)
