"""Keys that seal fields and index them, read from files; the newest seals, every one still there opens."""

import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from portal.core.errors import SealBroken

KEY_BYTES = 32
_NONCE_BYTES = 12
_MAX_KEY_ID = 255


@dataclass(frozen=True, repr=False)
class KeyRing:
    """AES-256-GCM keys by id (1 to 255). A sealed value: key id (1 byte), nonce (12), ciphertext and tag."""

    keys: dict[int, bytes]

    @property
    def current_id(self) -> int:
        """The highest id: the key that seals from now on."""
        return max(self.keys)

    def seal(self, plaintext: bytes, bound_to: bytes) -> bytes:
        """Encrypt under the current key, bound to a place."""
        key_id, nonce = bytes([self.current_id]), os.urandom(_NONCE_BYTES)
        return (
            key_id + nonce + AESGCM(self.keys[self.current_id]).encrypt(nonce, plaintext, key_id + bound_to)
        )

    def open(self, blob: bytes, bound_to: bytes) -> bytes:
        """Decrypt. Raises SealBroken: `seal_key_missing`, or `seal_broken` when anything differs."""
        if not blob or blob[0] not in self.keys:
            raise SealBroken("seal_key_missing", key_id=blob[0] if blob else None)
        key_id, nonce, ciphertext = blob[:1], blob[1 : 1 + _NONCE_BYTES], blob[1 + _NONCE_BYTES :]
        try:
            return AESGCM(self.keys[blob[0]]).decrypt(nonce, ciphertext, key_id + bound_to)
        except (InvalidTag, ValueError) as error:
            raise SealBroken from error


def load_key_ring(folder: Path) -> KeyRing:
    """Read `<id>.key` files of exactly 32 bytes. Raises ImproperlyConfigured for none, or a bad one."""
    keys = {int(path.stem): _read_key(path) for path in folder.glob("*.key") if path.stem.isdigit()}
    if not keys:
        raise ImproperlyConfigured(f"no sealing key <id>.key in {folder}")
    if not all(1 <= key_id <= _MAX_KEY_ID for key_id in keys):
        raise ImproperlyConfigured(f"ids of sealing keys go from 1 to {_MAX_KEY_ID}")
    return KeyRing(keys)


def get_key_ring() -> KeyRing:
    """The ring of this installation, read once per process."""
    return _cached_ring(Path(settings.SEAL_KEYS_DIR))


def open_sealed(blob: bytes, bound_to: bytes) -> bytes:
    """Open with the ring; a key id never seen makes it read the folder again (a rotation elsewhere)."""
    if blob and blob[0] not in get_key_ring().keys:
        _cached_ring.cache_clear()
    return get_key_ring().open(blob, bound_to)


def blind_index(value: str, purpose: str) -> bytes:
    """HMAC-SHA256 (32 bytes) that finds equal values without showing them; the caller normalises the value.

    The same value under another `purpose` gives another index.
    """
    message = purpose.encode() + b"\0" + value.encode()
    return hmac.new(_cached_index_key(Path(settings.INDEX_KEY_FILE)), message, hashlib.sha256).digest()


@lru_cache(maxsize=4)
def _cached_ring(folder: Path) -> KeyRing:
    return load_key_ring(folder)


@lru_cache(maxsize=4)
def _cached_index_key(path: Path) -> bytes:
    return _read_key(path)


def _read_key(path: Path) -> bytes:
    key = path.read_bytes() if path.is_file() else b""
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"{path} must be a file of exactly {KEY_BYTES} bytes")
    return key
