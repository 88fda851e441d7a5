"""`/healthz`: this process answers. `/readyz`: it can serve people; broker and worker are only told."""

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from redis import Redis
from redis.exceptions import RedisError

from portal.core import heartbeat
from portal.core.policy import PUBLIC, state_policy

# Once applied, the migrations of this code stay applied: asked once per process.
_migrated: set[str] = set()


@state_policy(PUBLIC)
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Always 200: liveness looks no further than this process."""
    return JsonResponse({"status": "ok"})


@state_policy(PUBLIC)
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and every migration is applied, otherwise 503."""
    database = _database_state()
    is_ready = database == "ok"
    states = {
        "status": "ready" if is_ready else "not ready",
        "database": database,
        "broker": _broker_state(),
        "worker": "ok" if heartbeat.is_alive() else "silent",
    }
    return JsonResponse(states, status=200 if is_ready else 503)


def _database_state() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return "ok" if _is_migrated() else "not migrated"
    except (DatabaseError, InterfaceError):
        return "away"


def _is_migrated() -> bool:
    if not _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.add(connection.alias)
    return True


def _broker_state() -> str:
    url = settings.CELERY_BROKER_URL.replace("redis+socket://", "unix://", 1)
    if not url.startswith(("redis://", "rediss://", "unix://")):
        return "unknown"
    client = Redis.from_url(url, socket_connect_timeout=0.3, socket_timeout=0.5)
    try:
        client.ping()
    except RedisError:
        return "away"
    finally:
        client.close()
    return "ok"
