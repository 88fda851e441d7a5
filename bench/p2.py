"""P2: the page an officer looks at all day."""

from bench.bare.serving import serve_bare_view
from bench.figures import Reading, figure
from bench.load import Target, compare
from bench.server import Server
from bench.visits import sign_in
from bench.volume import ensure_volume

VIEWS = ("open", "working", "late", "all")


@figure(
    "P2", "officer work list, signed in, filters, badges, rights, req/s over the bare view", "x", at_least=0.5
)
def measure(server: Server) -> Reading:
    """The saved views by turns, as the reception officer of a commune with a fifth of all dossiers."""
    dossiers = ensure_volume(server)
    visit = sign_in(server, "tiepnhan")
    desk = Target([f"{server.url}/onestop/?view={view}" for view in VIEWS], {"Cookie": visit.cookie})
    reached = compare({"bare": Target([serve_bare_view(server)]), "desk": desk})
    print("  ".join(f"{name} {rate:.0f}/s" for name, rate in reached.items()), flush=True)
    return Reading(reached["desk"] / reached["bare"], dossiers)
