"""Libraries that come with an extra of this package."""

from importlib import import_module
from typing import Any

from ketenraming.base.errors import KetenramingError


def needs(module: str, package: str, form: str) -> Any:
    """The module that a form is written with; refused, with what to install, where it is not there."""
    try:
        return import_module(module)
    except ImportError as error:
        raise KetenramingError(
            "{form} is written with {package}, which is not installed. "
            "Install it with: pip install 'ketenraming[export]'.",
            form=form,
            package=package,
        ) from error
