"""KPIs of public relations: what the company tells, and how it is heard beside others."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from core.language import N_
from metrics.model import Better, Known, Kpi, Ratio, Sum, Unit

_DEFINITION: Final = N_(
    "As the list of releases keeps them, by the day they appeared: those of the own company (company in kokpit.toml), "
    "unless companies are compared or chosen."
)
_AMONG_ALL: Final = N_(
    "As the list of releases keeps them, by the day they appeared. The own company is named in kokpit.toml (company)."
)
_RELEASES: Final = Sum("news", "releases")

_told = partial(
    Kpi, process="public_relations", dimensions=("kind", "channel", "company"), definition=_DEFINITION, ours=True
)

RELEASES: Final = _told(
    id="releases",
    name=N_("News releases"),
    meaning=N_("How many news releases appeared."),
    formula=N_("number of releases"),
    expression=_RELEASES,
    unit=Unit.COUNT,
    better=Better.NEITHER,
)
SUBSTANTIVE_RELEASES: Final = _told(
    id="substantive_releases",
    name=N_("Releases of substance"),
    meaning=N_("How many releases told what was done, not what is hoped for."),
    formula=N_("number of releases on finished projects, products, studies, special projects, mergers, year results"),
    expression=Sum("news", "substantive"),
    unit=Unit.COUNT,
    better=Better.HIGHER,
)
SUBSTANTIVE_SHARE: Final = _told(
    id="substantive_share",
    name=N_("Share of substance"),
    meaning=N_("How much of what was told was of substance."),
    formula=N_("releases of substance ÷ releases of a known kind"),
    expression=Ratio(Sum("news", "substantive"), replace(_RELEASES, where=(Known("kind"),))),
    unit=Unit.FRACTION,
    better=Better.HIGHER,
    upper=1,
)
RELEASE_KINDS: Final = _told(
    id="release_kinds",
    name=N_("Releases by kind"),
    meaning=N_("How many releases of a known kind appeared; split by kind they tell what the news is about."),
    formula=N_("number of releases of a known kind"),
    expression=replace(_RELEASES, where=(Known("kind"),)),
    unit=Unit.COUNT,
    better=Better.NEITHER,
)
SHARE_OF_VOICE: Final = _told(
    id="share_of_voice",
    name=N_("Share of voice"),
    meaning=N_("How much of the news of all companies that are followed is the company's own."),
    formula=N_("releases of the own company ÷ releases of all companies that are followed"),
    expression=Ratio(Sum("news", "own_releases"), _RELEASES),
    unit=Unit.FRACTION,
    better=Better.HIGHER,
    dimensions=("kind", "channel"),
    definition=_AMONG_ALL,
    upper=1,
    ours=False,
)
PICKUPS_PER_RELEASE: Final = _told(
    id="pickups_per_release",
    name=N_("Pickups per release"),
    meaning=N_("How many media took up a release."),
    formula=N_("pickups ÷ releases whose pickups were counted"),
    expression=Ratio(Sum("news", "pickups"), replace(_RELEASES, where=(Known("pickups"),))),
    unit=Unit.RATIO,
    better=Better.HIGHER,
)

KPIS: Final = (
    RELEASES,
    SUBSTANTIVE_RELEASES,
    SUBSTANTIVE_SHARE,
    RELEASE_KINDS,
    SHARE_OF_VOICE,
    PICKUPS_PER_RELEASE,
)
