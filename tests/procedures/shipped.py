"""Shipped procedures read from their files, each once."""

from functools import lru_cache

from procedures.content import Content, parse_content
from procedures.formschema.schema import FormSchema
from tests.factories.catalogue import read_catalogue


@lru_cache
def content_of(code: str) -> Content:
    return parse_content(read_catalogue(code))


@lru_cache
def form_of(code: str) -> FormSchema:
    form = content_of(code).form
    assert form is not None
    return form
