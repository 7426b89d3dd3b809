"""The web app, for one's own machine."""

from typing import TYPE_CHECKING, Annotated

import typer

from ketenraming.base.errors import KetenramingError
from ketenraming.cli.shared import app

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    import uvicorn

LAST_WORDS = 2  # seconds for who still listens, when the server is to stop


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Where to listen; this machine alone unless you choose otherwise.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
) -> None:
    """Serve the web app: the article, its people and euros, and what moves them. Stop it with Ctrl-C."""
    try:
        import uvicorn

        from ketenraming.web import create_app
    except ModuleNotFoundError as error:
        raise KetenramingError(
            f"The web app needs {error.name}, which is not installed. Install ketenraming[web]."
        ) from error
    pages = create_app(is_helped=True)
    with _listening(host, port) as listening:
        print(f"http://{listening.getsockname()[0]}:{listening.getsockname()[1]}/", flush=True)
        config = uvicorn.Config(pages, log_level="warning", server_header=False, timeout_graceful_shutdown=LAST_WORDS)
        _until_stopped(uvicorn.Server(config), pages.stop, listening)


def _until_stopped(server: "uvicorn.Server", stop: "Callable[[], None]", listening: "socket.socket") -> None:
    """Serve until a signal comes; then stop first what is at work, so that nobody listens to it any longer."""
    shut_down = server.shutdown

    async def stopping(sockets: "list[socket.socket] | None" = None) -> None:
        stop()
        await shut_down(sockets)

    server.shutdown = stopping  # type: ignore[method-assign]
    server.run(sockets=[listening])


def _listening(host: str, port: int) -> "socket.socket":
    """A socket that listens there; raises KetenramingError where it cannot."""
    from socket import IPPROTO_TCP, TCP_NODELAY, create_server

    try:
        listening = create_server((host, port))
        listening.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)  # else the end of an answer waits for a word of the reader
        return listening
    except (OSError, OverflowError) as error:
        raise KetenramingError(
            f"Nothing can listen at {host} port {port}: {error}. Choose another with --host or --port."
        ) from error
