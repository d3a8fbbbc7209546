"""All pages, room by room, as the application hangs them: a page that is not named here cannot be opened."""

from types import ModuleType

from scheduler.web import (
    accounts,
    arranging,
    bookings,
    campaigns,
    coverage,
    feeds,
    imports,
    mail,
    me,
    operations,
    organisation,
    page,
    papers,
    programme,
    rules,
    sessions,
)
from scheduler.web.accounts import journal, register, second_factor, sign_in
from scheduler.web.arranging import draft_changes, runs
from scheduler.web.arranging import forms as arranging_forms
from scheduler.web.bookings import (
    agenda,
    calendar_doors,
    calendar_pages,
    details,
    free_times,
    held,
    many,
    meeting_load,
    own_talks,
    proposals,
    swaps,
    times,
)
from scheduler.web.bookings import forms as bookings_forms
from scheduler.web.bookings import people as bookings_people
from scheduler.web.campaigns import first_steps, milestones, occurrences, overview, vocabularies
from scheduler.web.campaigns import forms as campaigns_forms
from scheduler.web.campaigns import programme as campaign_programme
from scheduler.web.coverage import files, held_talks, home, ledger, open_talks, requirements
from scheduler.web.feeds import devices, outside_calendars, page_talks, subscribe, subscription_feeds, subscriptions
from scheduler.web.imports import made, run, what_if
from scheduler.web.mail import links, robots, status
from scheduler.web.me import own_page
from scheduler.web.operations import watching
from scheduler.web.organisation import (
    absences,
    finding,
    groups,
    leaving,
    merging,
    people,
    person_forms,
    removing,
    rooms,
    units,
)
from scheduler.web.page import kept_forms, layout, manifest, seen_campaign, words
from scheduler.web.page.rooms import PageRoom
from scheduler.web.papers import downloads, report
from scheduler.web.programme import conditions, frequencies, gate, lanes, lists, materials, tasks, visits
from scheduler.web.programme import entries as programme_entries
from scheduler.web.rules import editor, sets
from scheduler.web.sessions import arrivals, attendance, regular, scanning, series, study, study_targets

ROOMS: dict[PageRoom, tuple[ModuleType, ...]] = {
    page.pages: (kept_forms, layout, manifest, words),
    accounts.pages: (journal, register, second_factor, sign_in),
    organisation.pages: (absences, finding, groups, leaving, merging, people, person_forms, removing, rooms, units),
    campaigns.pages: (
        first_steps,
        campaigns_forms,
        milestones,
        occurrences,
        overview,
        campaign_programme,
        vocabularies,
    ),
    rules.pages: (editor, sets),
    coverage.pages: (files, held_talks, home, ledger, open_talks, requirements),
    bookings.pages: (
        agenda,
        bookings_people,
        calendar_doors,
        calendar_pages,
        details,
        bookings_forms,
        free_times,
        held,
        many,
        meeting_load,
        own_talks,
        proposals,
        swaps,
        times,
    ),
    me.pages: (own_page,),
    sessions.pages: (arrivals, attendance, regular, scanning, series, study, study_targets),
    arranging.pages: (draft_changes, arranging_forms, runs),
    programme.pages: (programme_entries, conditions, frequencies, gate, lanes, lists, materials, tasks, visits),
    feeds.pages: (devices, outside_calendars, page_talks, subscribe, subscription_feeds, subscriptions),
    mail.pages: (links, robots, status),
    imports.pages: (made, run, what_if),
    papers.pages: (downloads, report),
    operations.pages: (watching,),
}
"""The blueprint of each room, and the pages that hang on it."""
for _room in ROOMS:
    _room.before_request(seen_campaign.check)
    _room.before_request(kept_forms.look_again)
    _room.after_request(seen_campaign.keep)
