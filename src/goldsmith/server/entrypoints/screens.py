"""Serve the built browser app: hashed assets for a year, and `index.html` for every address the app owns."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

STATIC = Path(__file__).parent.parent / "static"
_NOT_BUILT = (
    "<!doctype html><title>Goldsmith</title><h1>The screens are not built</h1>"
    "<p>Run <code>make ui</code>, or install a released package. The API works at <code>/api/v1</code>.</p>"
)


class Assets(StaticFiles):
    """Files whose names carry a hash of their content never change; a smaller `.gz` twin is sent where accepted."""

    async def get_response(self, path: str, scope: dict) -> Response:  # type: ignore[type-arg]
        accepts = dict(scope["headers"]).get(b"accept-encoding", b"")
        response = None
        if b"gzip" in accepts and (Path(str(self.directory)) / f"{path}.gz").is_file():
            response = await super().get_response(f"{path}.gz", scope)
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Type"] = _TYPES.get(path.rsplit(".", 1)[-1], "application/octet-stream")
        response = response or await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.headers["Vary"] = "Accept-Encoding"
        return response


_TYPES = {
    "js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8", "svg": "image/svg+xml",
    "json": "application/json", "woff2": "font/woff2",
}  # fmt: skip


def install(app: FastAPI) -> None:
    """Mount the app; without a build, say how to make one."""
    if (STATIC / "assets").is_dir():
        app.mount("/assets", Assets(directory=STATIC / "assets"), name="assets")

    @app.get("/{path:path}", include_in_schema=False)
    async def screen(path: str, request: Request) -> Response:
        if path.startswith(("api/", "assets/")):
            raise HTTPException(404)
        if path in {"favicon.svg", "robots.txt"} and (STATIC / path).is_file():
            return FileResponse(STATIC / path)
        index = STATIC / "index.html"
        if not index.is_file():
            return HTMLResponse(_NOT_BUILT, status_code=503)
        return FileResponse(index, headers={"Cache-Control": "no-cache"})
