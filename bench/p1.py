"""P1: the public pages that most people see."""

from urllib.parse import quote_plus

from bench.bare.serving import serve_bare_view
from bench.figures import Reading, figure
from bench.load import Target, compare
from bench.server import Server
from bench.volume import ensure_volume

CODES = ("1.001193", "1.004873", "1.001612", "1.013225")
WORDS = ("khai sinh", "giay phep xay dung", "mở quán", "hộ chiếu", "độc thân", "chứng thực", "ket hon", "")


@figure(
    "P1",
    "anonymous procedure page and search page, the slower one, req/s over the bare view",
    "x",
    at_least=0.8,
)
def measure(server: Server) -> Reading:
    """Like a browser without a session: no cookie, no condition."""
    dossiers = ensure_volume(server)
    reached = compare(
        {
            "bare": Target([serve_bare_view(server)]),
            "procedure": Target([f"{server.url}/procedures/{code}/" for code in CODES]),
            "search": Target([f"{server.url}/procedures/?q={quote_plus(words)}" for words in WORDS]),
        }
    )
    print("  ".join(f"{name} {rate:.0f}/s" for name, rate in reached.items()), flush=True)
    return Reading(min(reached["procedure"], reached["search"]) / reached["bare"], dossiers)
