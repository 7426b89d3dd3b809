"""
Random numbers by name: one stream for each variable. Adding a variable, or a draw, leaves the others as they were.

Draws come first in every array, and a stream is read in order: the first thousand draws are the same whether a
thousand or ten thousand are asked for. Scenarios that name the same variables share their draws.
"""

from zlib import crc32

import numpy as np

from ketenraming.base.quantity import Amount


def stream(name: str, seed: int) -> np.random.Generator:
    """The stream of a variable."""
    return np.random.Generator(np.random.Philox(np.random.SeedSequence([seed, crc32(name.encode())])))


def normals(name: str, seed: int, draws: int, each: int = 1) -> Amount:
    """Standard normal numbers of shape (draws, each)."""
    return stream(name, seed).standard_normal((draws, each))


def uniforms(name: str, seed: int, draws: int, each: int = 1) -> Amount:
    """Numbers from nought up to one, of shape (draws, each)."""
    return stream(name, seed).random((draws, each))
