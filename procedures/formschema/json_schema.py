"""The shape of a form's answers as JSON Schema, for clients of the API."""

from portal.core.jsontypes import Json, JsonObject
from procedures.formschema.definition import Field, FormSchema
from procedures.formschema.types import field_types

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(form: FormSchema) -> JsonObject:
    """JSON Schema 2020-12 of canonical answers.

    Shape only: conditions and checks are the form's, so a question is required here only when neither it nor
    its page is ever hidden. Other keys are dropped, not refused.
    """
    properties: dict[str, Json] = {}
    required: list[Json] = []
    for page in form.pages:
        for field in page.fields:
            if field_types.get(field.type).is_answer:
                properties[field.key] = _shape(field)
                if field.required and not field.visible_if and not page.visible_if:
                    required.append(field.key)
    return {"$schema": DIALECT, "type": "object", "properties": properties, "required": required}


def _shape(field: Field) -> Json:
    label: JsonObject = {"title": str(field.label)}
    if field.hint:
        label["description"] = str(field.hint)
    shape = field_types.get(field.type).json_schema(field)
    return {**label, **(_rows(field) if field.type == "group" else shape)}


def _rows(group: Field) -> JsonObject:
    columns = [column for column in group.fields if field_types.get(column.type).is_answer]
    properties: dict[str, Json] = {column.key: _shape(column) for column in columns}
    required: list[Json] = [column.key for column in columns if column.required and not column.visible_if]
    row: JsonObject = {"type": "object", "properties": properties, "required": required}
    return {"type": "array", "items": row, "minItems": int(group.min or 0), "maxItems": int(group.max or 0)}
