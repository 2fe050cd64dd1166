import os
from typing import Mapping, Optional


class Environment:
    """What the lab tells an implementation: katas/CONTRACT.md, first section."""

    def __init__(self, variables: Mapping[str, str] = os.environ) -> None:
        self._variables = variables
        self.port = self.integer("PORT", most=65_535)

    def integer(self, name: str, fallback: Optional[int] = None, most: int = 2**53 - 1) -> int:
        """An option of the kata, such as PLAN_THINK_MS."""
        if fallback is not None and not self._variables.get(name):
            return fallback
        value = self.text(name)
        if not (value.isascii() and value.isdigit()) or int(value) > most:
            raise ValueError(f'{name} must be a whole number from 0 to {most}, not "{value}"')
        return int(value)

    def text(self, name: str, fallback: Optional[str] = None) -> str:
        """Such as PLAN_STRATEGY, or UPSTREAM_URL, which has no fallback."""
        value = self._variables.get(name) or fallback
        if value is None:
            raise ValueError(f"{name} is not set")
        return value
