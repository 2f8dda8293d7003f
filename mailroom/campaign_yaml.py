"""The YAML of a campaign file: what stands in it is taken for text, and no key stands twice."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml

_GUESSED = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("bool", "int", "float", "timestamp"))


class _PlainLoader(yaml.SafeLoader):
    """YAML's safe loader without its guesses.

    By them NO is no country but false, a word of interest such as `on` is true, a house number no text,
    and a day that no calendar has ends the program. What is a number or a date, the campaign's model says.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Take a mapping; a key that stands twice is an error, as the first would quietly not hold."""
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"the key {key.value!r} stands twice", key.start_mark
                    )
                seen.add(key.value)
        return super().construct_mapping(node, deep)


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag not in _GUESSED]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(text: str) -> Any:
    """What stands in the text, every value as text; raises yaml.YAMLError."""
    loader = _PlainLoader(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()
