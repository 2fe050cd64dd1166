import json
from dataclasses import dataclass
from typing import Any, Awaitable, Callable, Optional
from urllib.parse import unquote


class BadRequest(Exception):
    """A body that the contract does not allow: answered 400."""


@dataclass(frozen=True)
class Request:
    """What came, once a route was found for it."""

    # What stood in the place of {account} in /accounts/{account}.
    parameters: dict[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """The fields of the body; raises BadRequest where it is not a JSON object."""
        try:
            fields = json.loads(self.body)
        except ValueError as problem:
            raise BadRequest(f"the body is not JSON: {problem}") from None
        except RecursionError:
            raise BadRequest("the body is nested too deep") from None
        if not isinstance(fields, dict):
            raise BadRequest("the body is not a JSON object")
        return fields


@dataclass(frozen=True)
class Reply:
    status: int
    # A text, where its type is not JSON.
    body: Any
    content_type: str = "application/json"


Handler = Callable[[Request], Awaitable[Reply]]


class Routes:
    """Routes with their handlers: routes.on("POST /accounts/{account}/deposits", deposit)."""

    def __init__(self) -> None:
        self._routes: list[tuple[str, list[str], Handler]] = []

    def on(self, route: str, handler: Handler) -> "Routes":
        method, path = route.split(" ")
        self._routes.append((method, path.split("/"), handler))
        return self

    def find(self, method: str, path: str) -> Optional[tuple[Handler, dict[str, str]]]:
        """The handler, and the parameters in the path."""
        parts = path.split("/")
        for wanted, pattern, handler in self._routes:
            if wanted == method:
                parameters = _parameters_in(pattern, parts)
                if parameters is not None:
                    return handler, parameters
        return None


def _parameters_in(pattern: list[str], parts: list[str]) -> Optional[dict[str, str]]:
    if len(pattern) != len(parts):
        return None
    parameters = {}
    for wanted, part in zip(pattern, parts):
        if wanted.startswith("{") and part != "":
            parameters[wanted[1:-1]] = unquote(part)
        elif wanted != part:
            return None
    return parameters
