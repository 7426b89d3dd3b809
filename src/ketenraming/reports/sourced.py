"""The sources that a run leans on, in words."""

from ketenraming.evidence.library import Library
from ketenraming.evidence.source import Source
from ketenraming.reports.numbers import Lang, day
from ketenraming.reports.words import say
from ketenraming.scenarios.run import Run

TERMS = "termijn_"  # norms by which the queues of the chain know who is late


def sources_in_words(run: Run, lang: Lang) -> list[dict[str, str]]:
    """What a run leans on, the newest first: id, title, publisher, published and url."""
    return [source_in_words(source, run.library, lang) for source in _sources_used(run)]


def _sources_used(run: Run) -> list[Source]:
    """The edition, what parameters cite and what findings name, the newest first; not what only calculators read."""
    library = run.library
    read = [p for p in library.parameters.values() if p.id not in library.laws or p.id.startswith(TERMS)]
    used = {run.edition} | {value.source.id for p in read for value in p.values}
    used |= {str(finding.words["source"]) for finding in run.findings if "source" in finding.words}
    known = [source for name, source in library.sources.items() if name in used]
    return sorted(known, key=lambda source: source.published, reverse=True)


def source_in_words(source: Source, library: Library, lang: Lang) -> dict[str, str]:
    """One source by its parts, as texts."""
    key = "report_published" if source.published_is == "exact" else "report_published_assumed"
    law = f"https://wetten.overheid.nl/{source.bwb_id}" if source.bwb_id else ""
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "published": say(library, key, lang, day=day(source.published, lang)),
        "url": source.url or law,
    }
