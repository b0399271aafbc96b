"""One compilation, step by step; the trip in `trip.py` says in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from statuspage.cache import Cache, faults_from, faults_json, ticks
from statuspage.compiler import (
    CachedHistory,
    Fresh,
    InHand,
    Look,
    SourceFolder,
    Teller,
    Work,
    cached_component,
    present,
    program_key,
)
from statuspage.errors import Fault, in_order
from statuspage.layout import SETTINGS
from statuspage.model import Component
from statuspage.pipeline.affected import Affected
from statuspage.pipeline.leaves import Leaves, Result, public_files
from statuspage.pipeline.memory import Memory
from statuspage.publish import Publication, Published, can_be_made, not_installed, side_paths, with_side_files
from statuspage.render.heartbeat import render_heartbeat
from statuspage.shown import Shown, ShownComponent, word_of
from statuspage.source.claims import Claim
from statuspage.timeline.told import next_midnight

if TYPE_CHECKING:
    from statuspage.pipeline.sounding import Sounding
    from statuspage.render.site import Renderer
    from statuspage.sound import SiteSound

_KEY, _NOW, _DAY, _RELEASE, _LANGUAGES = "key", "compiled at", "day", "release", "languages of pages"
_NEWEST_MONTH, _STATIC_FAULTS = "newest month", "faults of static files"


class Run:
    """What one compilation knows so far."""

    def __init__(self, site_dir: Path, cache: Cache, memory: Memory, *, now: datetime) -> None:
        """Read the settings; raises FaultyFiles when there are none to work with. The cache is open for writing."""
        self._site_dir = site_dir
        self._cache = cache
        self._memory = memory
        self._now = now
        self._last_good = memory.last_good
        self._sources = SourceFolder(site_dir)
        settings, self._settings_faults, self._new_settings = memory.settings_in_force()
        self.settings = settings
        self._teller = Teller(site_dir, settings, now, clock=self._sources.clock(), last_good=memory.last_good)
        self.page = self._teller.page
        self._look = Look()
        self._moved: set[str] = set()
        self._affected = Affected(cache, self.page.site.zone)
        self._gone: list[str] = []
        self._put: set[str] = set()
        self._sounding: Sounding | None = None
        self._counted: tuple[tuple[object, ...], dict[str, ShownComponent]] | None = None
        self._side_files = tuple(form for form in settings.side_files if can_be_made(form))
        missing = [form for form in settings.side_files if form not in self._side_files]
        self._settings_faults += tuple(not_installed(form) for form in missing)
        key = f"{program_key(settings)} {self._side_files}"
        if cache.get(_KEY) != key:
            cache.empty()
            cache.set(_KEY, key)
        self._compiled_at = int(cache.get(_NOW) or -1)

    @property
    def _is_first(self) -> bool:
        """Return True when the cache knows of no compilation before this one."""
        return self._compiled_at < 0

    # --- what changed

    def trust(self, publication: Publication, *, looks_at_all: bool) -> None:
        """Begin from nothing where the cache does not know what was published.

        It was thrown away, a publication did not come to its end, or somebody else has changed something.
        """
        is_known = publication.release == self._cache.get(_RELEASE)
        is_there = publication.is_as_left if looks_at_all else publication.is_in_place
        if not self._is_first and not (is_known and is_there()):
            self._forget()
        if self._is_first:
            publication.distrust()
            publication.begin_whole()

    def _forget(self) -> None:
        """Empty the cache: this is then the first compilation of all."""
        key = self._cache.get(_KEY)
        self._cache.empty()
        self._cache.set(_KEY, key)
        self._compiled_at = -1

    def look(self, changed: Iterable[str] | None, moved: set[str], publication: Publication | None = None) -> None:
        """Find the files that may differ; `moved` are incidents that differ for sure."""
        self._look = self._sources.look(self._cache, None if self._is_first else changed)
        languages = self._sources.languages(self._cache)
        if not self._is_first and self._cache.get(_LANGUAGES) != " ".join(languages):
            # There are pages in a language more, or less: nothing is as it was.
            self._forget()
            if publication:
                publication.distrust()
                publication.begin_whole()
            self._look = self._sources.look(self._cache, None)
        self.page = replace(self.page, translated=languages)
        self._cache.set(_LANGUAGES, " ".join(languages))
        self._teller.places = self._look.places
        self._moved = moved

    def _works(self) -> list[Work]:
        """Return the incidents that are to be read and told: files that may differ, and what the clock has moved."""
        is_back = ticks(self._now) < self._compiled_at
        must = {*self._cache.stale(self._now, is_back=is_back), *self._cache.doubtful(), *self._moved}
        works = []
        for path in sorted((must | self._look.names.keys()).difference(self._look.gone)):
            known = self._cache.known(path)
            name = self._look.names.get(path) or (known and known.name)
            if name:
                is_as_known = known is not None and path not in must and known.name == name
                digest = known.digest if known and is_as_known else None
                works.append(Work(name=name, lost=dict(known.lost) if known else {}, known=digest))
        return works

    # --- incidents

    def publish_incidents(self, publication: Publication, *, out: Path, manifest: Path, jobs: int) -> None:
        """Tell the incidents that differ, and publish their own pages."""
        leaves = Leaves(teller=self._teller, renderer=lambda: self.renderer, out=out, manifest=manifest, jobs=jobs)
        self._tell(lambda works: leaves.publish(works, publication), publication)

    def tell_incidents(self) -> None:
        """Tell the incidents that differ."""
        self._tell(lambda works: [(work, self._teller.tell(work)) for work in works], None)

    def _tell(self, tell: Callable[[list[Work]], Iterable[Result]], publication: Publication | None) -> None:
        for path in self._look.gone:
            self._take_out(path)
        for work, fresh in tell(self._works()):
            self._take_in(work, fresh, publication)
        while works := self._contested():
            self._put_anew(works, publication)
            for work, fresh in tell(works):
                self._take_in(work, fresh, publication)

    def _put_anew(self, works: list[Work], publication: Publication | None) -> None:
        """Forget the files that these incidents have: each is published again, under the ids that it keeps."""
        before = [known for work in works if (known := self._cache.before(work.name.path))]
        files = {file for known in before for file in self._files(known.address, known.id)}
        self._put -= files
        if publication:
            publication.retract(files)

    def _take_in(self, work: Work, fresh: Fresh | None, publication: Publication | None) -> None:
        path = work.name.path
        if fresh is None:
            self._take_out(path)
            return
        if fresh.facts is None:
            self._cache.set_stamps(path, fresh.stamps)
            return
        facts, before = fresh.facts, self._cache.before(path)
        self._affected.note(before, facts)
        self._cache.put(facts, fresh.stamps, zone=self.page.site.zone)
        if fresh.shown or not facts.is_public:
            self._memory.tellings.put(self._cache.known(path), path, fresh.shown)
        if before:
            self._gone += self._files(before.address, before.id)
        if facts.row:
            files = self._files(facts.row.path, facts.id)
            if publication and self._is_first:
                publication.keep(files)
            else:
                self._put.update(files)

    def _take_out(self, path: str) -> None:
        before = self._cache.before(path)
        self._affected.note(before, None)
        self._cache.remove(path)
        if before:
            self._gone += self._files(before.address, before.id)

    def _files(self, address: str, incident_id: str) -> tuple[str, ...]:
        return public_files(address, incident_id, self.page.languages)

    def _contested(self) -> list[Work]:
        """Return the incidents that want an id that another wants too, where that has not been settled yet."""
        contested, self._cache.contested = self._cache.contested, set()
        rivals = {path for claim in contested for path in self._cache.rivals(claim)}
        works = []
        for path in sorted(rivals.union(self._cache.losers())):
            known = self._cache.known(path)
            lost = dict(self._lost(path))
            # Of rivals each is published again: one may have been written where the other belongs.
            if known and (path in rivals or lost != dict(known.lost)):
                works.append(Work(name=known.name, lost=lost))
        settled = [work for work in works if (work.name.path, tuple(work.lost.items())) in self._settled]
        self._settled.update((work.name.path, tuple(work.lost.items())) for work in works)
        return [work for work in works if work not in settled]

    def _lost(self, path: str) -> Iterator[tuple[Claim, str]]:
        for claim in self._cache.claims(path):
            owner = self._cache.rivals(claim)[0]
            if owner != path:
                yield claim, owner

    @cached_property
    def _settled(self) -> set[tuple[str, tuple[tuple[Claim, str], ...]]]:
        return set()

    # --- the site's own files

    def publish_static(self, publication: Publication) -> None:
        """Copy the site's own files that differ."""
        kept = {fault.path: fault for fault in faults_from(self._cache.get(_STATIC_FAULTS))}
        for files in self._copied(kept):
            publication.put(files)
        for path in self._look.static_gone:
            kept.pop(path, None)
            self._cache.remove_static(path)
            self._gone.append(path)
        if self._look.is_whole:
            kept = {path: fault for path, fault in kept.items() if path in {f.path for f in self._look.static}}
        self._cache.set(_STATIC_FAULTS, faults_json(kept.values()) or "")

    def _copied(self, faults: dict[str, Fault]) -> Iterator[dict[str, bytes]]:
        for found in self._look.static:
            faults.pop(found.path, None)
            copied = self._sources.read_static(found)
            if copied.fault:
                faults[found.path] = copied.fault
            if copied.content is None:
                self._gone.append(found.path)
                self._cache.remove_static(found.path)
                continue
            self._cache.set_static(found.path, copied.stamp)
            self._put.add(found.path)
            yield {found.path: copied.content}

    # --- lists

    @cached_property
    def renderer(self) -> Renderer:
        """Return what renders the pieces of the site, the same for a whole day."""
        from statuspage.render.site import Renderer

        page = self.page
        version = (self._cache.get(_KEY), self._day, page.languages)
        if self._memory.renderer is None or self._memory.renderer[0] != version:
            renderer = Renderer(page.site, page.rows, self._now, languages=page.languages)
            self._memory.renderer = (version, renderer)
        return self._memory.renderer[1]

    @cached_property
    def next_change_at(self) -> datetime:
        """Return the first instant after now at which anything public differs."""
        return min(next_midnight(self._now, self.page.site.zone), self._cache.next_change_at())

    def publish_sound(self, publication: Publication, sound: SiteSound) -> None:
        """Publish what callers hear, where it differs."""
        from statuspage.pipeline.sounding import Sounding

        self._sounding = Sounding(sound, self._cache, self._site_dir, settings=self.settings, in_hand=self.in_hand())
        if self._is_front_due or self._sounding.is_due:
            self._gone += self._sounding.publish(self.shown(), publication)

    @property
    def _is_front_due(self) -> bool:
        is_heard_anew = self._sounding is not None and self._sounding.is_news
        return self._affected.is_any or self._is_first or self._is_other_day or is_heard_anew

    def publish_lists(self, publication: Publication) -> Published:
        """Publish the lists that differ, the front, and the heartbeat; remove what is gone."""
        front: dict[str, bytes] = {}
        if self._is_front_due:
            from statuspage.render.site import month_files

            shown = self.shown()
            for page in self._month_pages(shown):
                publication.put(page)
            for component in self._changed_components(shown):
                publication.put(self._packed(self.renderer.component(component, shown)))
            front = self._packed(self.renderer.front(shown, self._sounding.sounds if self._sounding else {}))
            for gone_month, number in self._affected.month_pages_gone():
                for path in month_files(gone_month, number, self.page.languages):
                    self._gone += (path, *side_paths(path))
        return publication.finish(
            front,
            gone=[path for path in self._gone if path not in self._put],
            heartbeat=lambda digest: render_heartbeat(
                now=self._now,
                next_change_at=self.next_change_at,
                digest=digest,
                update_word=word_of([self._cache.word()]),
            ),
        )

    def shown(self) -> Shown:
        """Return all that the public may see now."""
        return self._shown

    @cached_property
    def _shown(self) -> Shown:
        return present(self._cache, self._history, self.page, self._now, components=self._components())

    def in_hand(self) -> tuple[InHand, ...]:
        """Return all that is open, and, where there are staff to tell, what was resolved not long ago."""
        staff = self.settings.staff
        return self._history.in_hand(with_closed=bool(staff.emails or staff.channels))

    @cached_property
    def _history(self) -> CachedHistory:
        return CachedHistory(self._cache, self._memory.tellings, self._teller)

    def _month_pages(self, shown: Shown) -> Iterator[dict[str, bytes]]:
        months = shown.history.months()
        pages = set(self._affected.month_pages())
        newest = months[0].month if months else None
        newest_before = self._cache.get(_NEWEST_MONTH)
        self._cache.set(_NEWEST_MONTH, str(newest))
        # Where another month is the newest, packed forms of the one come and of the other go.
        turned = {str(newest), newest_before} if self._side_files and newest_before != str(newest) else set()
        for each in months:
            if self._is_first or str(each.month) in turned:
                pages.update((each.month, number) for number in range(1, each.page_count + 1))
        for month, number in sorted(pages):
            files = self.renderer.month(shown.history, self._cache.month(month), number)
            yield self._packed(files, is_hot=month == newest)

    def _packed(self, files: dict[str, bytes], *, is_hot: bool = True) -> dict[str, bytes]:
        """Return files with their packed forms, where these are wanted; of what is not of the present, without."""
        if not self._side_files:
            return files
        packed = with_side_files(files, self._side_files) if is_hot else files
        # What was packed before and is not now would be sent in place of what is there now.
        self._gone += [side for path in files for side in side_paths(path) if side not in packed]
        return packed

    def _changed_components(self, shown: Shown) -> Sequence[ShownComponent]:
        every = (*shown.components, *shown.retired)
        if self._is_first or self._is_other_day:
            return every
        return [component for component in every if component.source.id in self._affected.components]

    def _components(self) -> list[ShownComponent]:
        """Return every component; those that nothing touched as they were counted before."""
        memory, version = self._memory, (self._cache.version, self._cache.get(_KEY), self._day)
        # After a beginning from nothing it is not known what touches them no more.
        known = memory.components if memory.version == version and not self._is_first else {}
        components = {c.id: self._component(c, known) for c in self.page.components}
        self._counted = version, components
        return list(components.values())

    def _component(self, component: Component, known: dict[str, ShownComponent]) -> ShownComponent:
        if component.id in known and component.id not in self._affected.components:
            return known[component.id]
        return cached_component(component, self._cache, self.page, self._now)

    @property
    def _day(self) -> str:
        return self._now.astimezone(self.page.site.zone).date().isoformat()

    @property
    def _is_other_day(self) -> bool:
        return self._cache.get(_DAY) != self._day

    # --- what is kept

    def keep(self, publication: Publication) -> None:
        """Note in the cache what was compiled when; keep good settings, and forget copies of files that are gone."""
        if self._counted:
            self._memory.version, self._memory.components = self._counted
        if self._new_settings:
            self._last_good.remember([self._new_settings], faults=self._settings_faults)
        self._cache.set(_NOW, str(ticks(self._now)))
        self._cache.set(_DAY, self._day)
        self._cache.set(_RELEASE, publication.release)
        if self._is_first:
            names = self._look.names.values()
            present_paths = {path for name in names for path in (name.path, name.timed, *name.translations) if path}
            self._last_good.forget_all_but({SETTINGS, *present_paths, *self._look.places})
        elif self._look.gone:
            odd = tuple(f"{path}/" for path in self._look.places)
            self._last_good.forget(path for path in self._look.gone if not path.startswith(odd))

    def faults(self) -> tuple[Fault, ...]:
        """Return everything that is wrong, by path, then by line."""
        static = faults_from(self._cache.get(_STATIC_FAULTS))
        sound = self._sounding.faults() if self._sounding else ()
        of_files = self._sources.faults(self._cache)
        return in_order([*self._settings_faults, *of_files, *static, *sound, *self._cache.faults()])
