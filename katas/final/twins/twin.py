"""Runs the reference in Python with one fault."""

import importlib.abc
import importlib.machinery
import importlib.util
import runpy
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, Optional

KATA = Path(__file__).resolve().parent.parent
REFERENCE = KATA / "shipping" / "python"


Replacements = tuple[tuple[str, str], ...]


def run(module: str, *replacements: tuple[str, str], **others: Replacements) -> None:
    """In the source of that module, what stands in place of what; and of others, by their name."""
    sys.dont_write_bytecode = True
    sys.path[:0] = [str(KATA.parent / "kit" / "python"), str(REFERENCE)]
    for name, faults in {module: replacements, **others}.items():
        sys.meta_path.insert(0, _Finder(name, faults))
    runpy.run_path(str(REFERENCE / "main.py"), run_name="__main__")


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, module: str, replacements: Replacements) -> None:
        self._module = module
        self._replacements = replacements

    def find_spec(self, name: str, *_: Any) -> Optional[importlib.machinery.ModuleSpec]:
        if name != self._module:
            return None
        return importlib.util.spec_from_loader(name, self)

    def exec_module(self, module: ModuleType) -> None:
        file = REFERENCE / f"{self._module}.py"
        text = file.read_text()
        for old, new in self._replacements:
            # A reference that has moved on fails its twin: it would be right.
            if text.count(old) != 1:
                raise ValueError(f"{file.name} has {text.count(old)} times: {old}")
            text = text.replace(old, new)
        exec(compile(text, str(file), "exec"), module.__dict__)
