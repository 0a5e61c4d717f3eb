"""Every table there is, for Alembic and for tests. Importing the rows of each subject registers its tables."""

from gateway.community import instead_rows as _instead
from gateway.community import let_in_rows as _lets
from gateway.community import pace_rows as _paces
from gateway.community import place_rows as _villages
from gateway.community import rows as _community
from gateway.community.assisted import rows as _assisted
from gateway.community.bargain import rows as _bargain
from gateway.community.circles import rows as _circles
from gateway.community.commons import outing_rows as _outings
from gateway.community.commons import rows as _commons
from gateway.community.courses import rows as _courses
from gateway.community.decisions import rows as _decisions
from gateway.community.drills import rows as _drills
from gateway.community.groups import ballot_rows as _ballots
from gateway.community.groups import care_rows as _cares
from gateway.community.groups import reason_rows as _reasons
from gateway.community.groups import rows as _groups
from gateway.community.groups import term_rows as _terms
from gateway.community.helping import keeper_rows as _keepers
from gateway.community.helping import note_rows as _notes
from gateway.community.helping import rows as _helping
from gateway.community.incidents import rows as _incidents
from gateway.community.items import friend_rows as _friends
from gateway.community.items import origin_rows as _origins
from gateway.community.items import plan_rows as _plans
from gateway.community.items import same_rows as _same
from gateway.community.items import standing_rows as _standing
from gateway.community.items import tables as _items
from gateway.community.items import wish_rows as _wishes
from gateway.community.kinds import rows as _kinds
from gateway.community.kinds import step_rows as _kind_steps
from gateway.community.lending import rows as _lending
from gateway.community.needs import gift_rows as _gifts
from gateway.community.needs import rows as _needs
from gateway.community.panel import rows as _panels
from gateway.community.people import rows as _people
from gateway.community.polls import rows as _polls
from gateway.community.sealed import rows as _sealed
from gateway.community.stars import rows as _stars
from gateway.community.topics import rows as _topics
from gateway.community.voices import challenge_rows as _challenges
from gateway.community.voices import pair_rows as _pairs
from gateway.community.voices import rows as _voices
from gateway.ledger import tables as _ledger
from gateway.members import draft_rows as _drafts
from gateway.members import look_rows as _looks
from gateway.members import lost_rows as _lost_phones
from gateway.members import place_rows as _places
from gateway.members import roll_rows as _roll
from gateway.members import rows as _members
from gateway.members import sim_rows as _sims
from gateway.members.guardians import rows as _guardians
from gateway.members.own_data import rows as _own_data
from gateway.money import bill_rows as _billers
from gateway.money import tables as _money
from gateway.operators import rows as _operators
from gateway.records import rows as _records
from gateway.store import audit as _audit
from gateway.store import outbox as _outbox
from gateway.store.tables import metadata

ROOMS = (
    _ledger, _records, _members, _places, _villages, _guardians, _money, _community, _bargain, _groups, _ballots, _circles, _commons, _outings, _items, _wishes,
    _cares, _looks, _kinds, _standing, _panels, _people, _drills, _incidents, _friends, _instead, _helping, _keepers, _needs, _polls, _sealed, _voices,
    _challenges, _sims, _paces, _plans, _notes, _pairs, _lost_phones, _lets, _gifts, _decisions, _stars, _drafts, _topics, _roll, _own_data, _same,
    _assisted, _billers, _reasons, _terms, _origins, _lending, _kind_steps, _courses,
    _operators, _outbox, _audit,
)  # fmt: skip

__all__ = ["ROOMS", "metadata"]
