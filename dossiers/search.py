"""Search tokens of a dossier: `'<agency>:<folded word>'`, so that one index answers one agency's search."""

import re
from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, Lookup, QuerySet, TextField, Value
from django.db.models.sql.compiler import SQLCompiler

from dossiers.models import Dossier
from portal.core.text import search_words

_CODE = re.compile(r"[\w.]+-\d+(-\w*)?", re.ASCII)
_MOST_WORDS = 8
_MOST_LETTERS = 200  # PostgreSQL refuses a token of more than 2,046 bytes


@SearchVectorField.register_lookup
class MatchesTokens(Lookup):
    """`search__matches="'12:an' & '12:ng':*"`: a tsquery of quoted tokens, parsed by nothing but a cast."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        return f"{left} @@ %s::tsquery", (*left_params, self.rhs)


def search_vector(dossier: Dossier, agency_ids: Iterable[int]) -> Func:
    """Tokens of the code and the owner's name for each agency that may see the dossier.

    Written with array_to_tsvector: to_tsvector would split `12:an`.
    """
    words = {*search_words(dossier.owner_name), *code_words(dossier.code or "")}
    tokens = sorted({f"{agency}:{word}" for agency in agency_ids for word in words if word})
    array = Value(tokens, output_field=ArrayField(TextField()))
    return Func(array, function="array_to_tsvector", output_field=SearchVectorField())


def code_words(code: str) -> list[str]:
    """The whole code and its last part, which people read out: H42.36-261123-0014 -> 0014."""
    lowered = code.lower()
    return [lowered, lowered.rsplit("-", 1)[-1]] if lowered else []


def matching(dossiers: "QuerySet[Dossier]", query: str, agency_id: int) -> "QuerySet[Dossier]":
    """Dossiers of an agency whose words hold every word of the query; the last one may be a beginning."""
    words = _query_words(query)
    if not words:
        return dossiers.none()
    tokens = [_quote(f"{agency_id}:{word}") for word in words]
    return dossiers.filter(search__matches=" & ".join([*tokens[:-1], tokens[-1] + ":*"]))


def _query_words(query: str) -> list[str]:
    words: list[str] = []
    for piece in query[:_MOST_LETTERS].split():
        words += [piece.lower()] if _CODE.fullmatch(piece) else search_words(piece)
    return words[:_MOST_WORDS]


def _quote(token: str) -> str:
    escaped = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
