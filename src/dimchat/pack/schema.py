"""The shapes of the files as JSON Schema, for editors that complete and check YAML by it."""

from __future__ import annotations

from typing import Any, assert_never

from dimchat.pack.formats import FORMATS
from dimchat.pack.shapes import Date, Keys, Many, Names, Number, OneOrMany, Shape, Text

_DIALECT = "http://json-schema.org/draft-07/schema#"
"""The dialect that YAML editors know best."""


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each kind of file in `formats.FORMATS`, by its name."""
    return {
        name: {"$schema": _DIALECT, "title": f"dimchat: {name}", "description": where, **_schema(shape)}
        for name, (where, shape) in FORMATS.items()
    }


def _schema(shape: Shape) -> dict[str, Any]:
    made: dict[str, Any]
    match shape:
        case Text():
            made = _text(shape)
        case Date():
            made = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "format": "date"}
        case Number():
            bounds = {"minimum": shape.least} | ({} if shape.most is None else {"maximum": shape.most})
            made = {"type": "number", **bounds}
        case Many():
            made = {"type": "array", "minItems": 1, "items": _schema(shape.item)}
        case OneOrMany():
            made = {"anyOf": [_schema(shape.item), _schema(Many(shape.item))]}
        case Keys():
            made = _keys(shape)
        case Names():
            made = {
                "type": "object",
                "minProperties": 1,
                "propertyNames": _text(shape.key),
                "additionalProperties": {"anyOf": [_schema(shape.short), _keys(shape.long)]},
            }
        case _:
            assert_never(shape)
    return made


def _text(shape: Text) -> dict[str, Any]:
    if shape.choices:
        return {"type": "string", "enum": list(shape.choices)}
    if shape.pattern:
        return {"type": "string", "pattern": f"^(?:{shape.pattern})$"}
    # An editor takes `42` and `true` for more than text; dimchat reads them as they are written.
    return {"type": ["string", "number", "boolean"], "minLength": 1}


def _keys(shape: Keys) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            field.name: {"description": field.description, **_schema(field.shape)} for field in shape.fields
        },
    }
    required = [field.name for field in shape.fields if field.required]
    if required:
        made["required"] = required
    if shape.one_of:
        made["oneOf"] = [{"required": [name]} for name in shape.one_of]
    if shape.any_of:
        made["anyOf"] = [{"required": [name]} for name in shape.any_of]
    return made
