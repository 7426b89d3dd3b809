"""What answers at each address of the API. The first line of a docstring is what readers see of an operation."""

from typing import Annotated

from fastapi import File, Path, Query, Request, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response, StreamingResponse

from ketenraming.reports.known import scenarios_as_json
from ketenraming.web.api import answers, asked
from ketenraming.web.api.errors import Refused, concerning
from ketenraming.web.api.jobs import Job, Jobs, State, events
from ketenraming.web.api.limits import client_of
from ketenraming.web.studio import Studio
from ketenraming.web.uploads import checked_upload

JobId = Annotated[str, Path(max_length=64, pattern=r"^[A-Za-z0-9_-]+$", description="The id of a job.")]
JSON = "application/json"
STEPS = 2  # seconds after which it makes sense to ask for a result again


class Operations:
    """The operations, on a library and its jobs."""

    def __init__(self, studio: Studio, jobs: Jobs) -> None:
        self._studio, self._library, self._jobs = studio, studio.library, jobs

    def run(self, query: Annotated[asked.RunQuery, Query()]) -> Response:
        """Estimate the article: budgeted, needed and gap by line and year, under scenarios and levers."""
        body = asked.RunBody(**dict(query.supposed), draws=query.draws, seed=query.seed)
        return JSONResponse(answers.run_document(self._studio, body, "query"))

    def run_own(self, body: asked.RunBody) -> Response:
        """Estimate the article under a scenario of your own: its changes are those of a scenario file."""
        return JSONResponse(answers.run_document(self._studio, body))

    def compare(self, query: Annotated[asked.CompareQuery, Query()]) -> Response:
        """Compare two estimates: what B needs more than A by line, year and cause."""
        return JSONResponse(answers.compare_document(self._studio, answers.sides(query, self._library), "query"))

    def compare_own(self, body: asked.CompareBody) -> Response:
        """Compare two estimates, each with levers and a scenario of your own."""
        return JSONResponse(answers.compare_document(self._studio, body))

    def trace(self, query: Annotated[asked.TraceQuery, Query()]) -> Response:
        """Trace a number of the article down to printed cells and parameters."""
        return JSONResponse(answers.trace_document(self._studio, query))

    async def check(self, document: Annotated[UploadFile, File(description="Text, HTML, OP-XML, CSV, XLSX, ODS, PDF.")],
                    ) -> Response:  # fmt: skip
        """Check every printed number of a document. It is read apart, and kept nowhere."""
        content = await document.read()
        with concerning("body.document"):
            done = await run_in_threadpool(checked_upload, document.filename or "", content, self._library)
        return JSONResponse(done.document)

    def findings(self, query: Annotated[asked.FindingsQuery, Query()]) -> Response:
        """List what a check of the article finds; counts and coverage are of all of it."""
        return JSONResponse(answers.findings_document(self._studio, query))

    def figures(self, query: Annotated[asked.FiguresQuery, Query()]) -> Response:
        """List printed figures by table, row and column."""
        return JSONResponse(answers.figures_document(self._library, query))

    def parameters(self, query: Annotated[asked.ParametersQuery, Query()]) -> Response:
        """List parameters with all their values, days, spread and sources."""
        return JSONResponse(answers.parameters_document(self._library, query))

    def scenarios(self) -> Response:
        """List the shipped scenarios in full, and the levers with where they can stand."""
        return JSONResponse(scenarios_as_json(self._library))

    def vintages(self, query: Annotated[asked.VintagesQuery, Query()]) -> Response:
        """Show what each budget printed for a line, from draft to outcome."""
        return JSONResponse(answers.vintages_document(self._library, query))

    def forecast(self, query: Annotated[asked.ForecastQuery, Query()]) -> Response:
        """Forecast inflow, or any monthly series of the library, with bands."""
        return JSONResponse(answers.forecast_document(self._library, query))

    def backtest(self, query: Annotated[asked.BacktestQuery, Query()], request: Request) -> Response:
        """Forecast as on the eve of each past budget: the result where it is known, or else the job that makes it."""
        task = asked.BacktestTask(task="backtest", **dict(query))
        known = self._jobs.result(task)
        return Response(known, media_type=JSON) if known else self._begun(task, request)

    def start(self, body: asked.Task, request: Request) -> Response:
        """Start a job: an estimate or a comparison with more draws, a back-test, or the scores of a forecast."""
        match body:  # what is refused at once need not wait for its turn
            case asked.RunTask():
                body.stacked(self._studio, "body")
            case asked.CompareTask():
                body.a.stacked(self._studio, "body.a"), body.b.stacked(self._studio, "body.b")
        return self._begun(body, request)

    def _begun(self, task: asked.Task, request: Request) -> Response:
        job = self._jobs.start(task, client_of(request.scope))
        return JSONResponse(job.shown(), 202, {"location": job.shown()["self"]})

    def job(self, job: JobId) -> Response:
        """Say how far a job is."""
        return JSONResponse(self._jobs.get(job).shown())

    async def events(self, job: JobId) -> Response:
        """Follow a job by server-sent events: the job at every change, until it is over."""
        return StreamingResponse(events(self._jobs.get(job)), media_type="text/event-stream",
                                 headers={"cache-control": "no-store", "x-accel-buffering": "no"})  # fmt: skip

    def result(self, job: JobId) -> Response:
        """Give the result of a job, shaped as that of the operation of the same name."""
        return _result_of(self._jobs.get(job))

    def stop(self, job: JobId) -> Response:
        """Stop a job wherever it is, and keep nothing of it."""
        self._jobs.forget(job)
        return Response(status_code=204)


def _result_of(job: Job) -> Response:
    if job.state is State.DONE:
        return Response(job.result, media_type=JSON)
    if job.error is not None:
        raise job.error
    why = "was stopped" if job.is_over else f"is {job.state}; its events tell when it is done"
    raise Refused(f"The job {why}.", "not-done", "path.job", status=409)
