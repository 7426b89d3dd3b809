"""The API of the web app, `/api/v1`: the same results as JSON, bounded, described by OpenAPI."""

HERE = "/api/v1"
