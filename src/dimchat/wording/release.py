"""The words of publishing, fetching and rolling out a pack, which curators and operators read."""

from __future__ import annotations

# --- keys ---

KEY_OPEN = (
    "{file} is a private key that others may read (its mode is {mode:04o}): chmod 600 it; if others could read it for "
    "a while, make a new one with dimchat pack keygen"
)
KEY_THERE = "{file} is there already; a key is never written over"
KEY_UNREADABLE = "{file} cannot be read: {why}"
KEY_NOT_PRIVATE = "{file} holds no private Ed25519 key in PEM; dimchat pack keygen makes one"
KEY_LOCKED = "{file} is locked with a passphrase, which dimchat does not ask for; keep it on an encrypted disk instead"
KEY_NOT_PUBLIC = "{file} holds no public Ed25519 key in PEM; dimchat pack keygen writes one beside the private key"
KEY_IS_PRIVATE = "{file} holds a private key; stands get the public one, {file}.pub"
KEYS_MANY = "{count} keys are given; two are valid at once, the old one and the new one"
KEYS_NONE = "give the public key that versions are signed with: --answers-key FILE"
KEY_MADE = "private key: {file} (mode 0600; keep it where packs are published, and nowhere else)"
KEY_MADE_PUBLIC = "public key:  {file}.pub (id {id}; give it to every stand: --answers-key)"

# --- what is signed ---

NOT_SIGNED = "{what} is no signed document of dimchat"
WRONG_SIGNATURE = "{what} is signed by none of the keys that are trusted here ({ids})"
NOT_READ = "{what} is signed, and says nothing that this version of dimchat reads: {why}"

# --- the place that answers come from ---

BAD_SOURCE = "{source!r}: {problem}; it looks like https://answers.example.org/dim or /srv/answers"
SOURCE_SCHEME = "answers come from a folder, over https, or from this very machine over http"
SOURCE_HTTP = "http carries no answers from another machine; use https"
SOURCE_EXTRAS = "it holds a user, a query or a fragment"
SOURCE_HOST = "it names no host"
SOURCE_ADDRESS = "it is no address"
UNREACHABLE = "{what} cannot be had: {why}"
MOVED = "the server sends elsewhere ({status}), where nobody follows: give the address that it is at now"
STATUS = "the server says {status}"
PACKED = "the server sends it compressed, and a compressed file's size says nothing; turn that off for these files"
SLOW = "it took longer than {seconds:g} seconds"
TOO_LARGE = "{what} is larger than {most:,} bytes, and was not read"
CUT_SHORT = "it broke off after {count:,} of {size:,} bytes"
WRONG_PART = "the server sends another part than the one that was asked for"

# --- refusals of a stand ---

OTHER_PACK = "the channel is of the pack {name!r}, and here is {held!r}; --allow-rollback takes it"
EXPIRED = "{what} expired on {day}; publish again"
TOO_EARLY = "{what} was issued on {day}, and the clock here shows an earlier time: set the clock"
OLDER_CHANNEL = "the channel is older ({serial}) than one that was seen here ({seen}); --allow-rollback takes it"
OLDER = "version {version} is older than {held}, which is here; --allow-rollback takes it"
NEEDS_NEWER = "version {version} needs dimchat {needs} or newer, and this is {own}"
NOT_AS_LISTED = "{what} is not what the channel names"
WRONG_FILE = "version {version}: {name} is not what its manifest lists"
BAD_NAME = "a name that no file of a pack has: {name!r}"
BAD_SIZE = "{name}: no size of a file of a pack"
TWICE = "{name} is listed twice"
TOO_MANY_FILES = "{count:,} files, more than {most:,}"
TOO_MANY_BYTES = "{count:,} bytes, more than {most:,}"
WITHOUT_PACK = "no pack.yaml"
OUTSIDE = "{what} is a link, or leads out of the folder"
PACK_BAD = "version {version} does not pass dimchat check here: {first}"
OTHER_DIGEST = "version {version} reads otherwise than where it was published, by the same version of dimchat"
SELF_TEST = "version {version} does not pass its self-test: {first}"
NO_ROOM = "{what} cannot be written: {why}"
BUSY = "another process fetches for this stand just now"
NEVER = "no answers were fetched yet, and none can be: {why}"

# --- publishing ---

PUBLISH_ERRORS = "{side} has {count} errors, so it is not published; the first: {first}"
PUBLISH_TOUCHED = "a file of the pack was touched meanwhile; publish again"
PUBLISH_OTHER = "{folder} publishes the pack {there!r}, not {name!r}; take another folder"
PUBLISH_ROLLOUT = "version {version} is being rolled out from {folder}; end that first: dimchat fleet rollout"
PUBLISH_SAME = "version {version} holds the same files already; --again publishes them with a new date"
PUBLISH_FOREIGN = "what {folder} has is signed by another key; give that one's public key too: --answers-key FILE"
PUBLISHED = "version {version} of {name} is published in {folder}: {files} files, {size:,} bytes, {fresh} of them new"
PUBLISHED_HELD = "no stand takes it yet: dimchat fleet rollout start --to {folder} ..."
PUBLISHED_UNTIL = "signed by {ids}; valid until {day}"

# --- fetching and verifying by hand ---

TAKEN = "version {version} is in {folder}"
SAME = "nothing new: version {version} is in {folder}"
VERIFIED = "{what}: version {version}, signed by {id}, valid until {day}, {files} files, {size:,} bytes: all as listed"
VERIFIED_CHANNEL = "{what}: number {serial}, signed by {id}, valid until {day}"
VERIFY_BAD = "refused: {why}"

# --- stands ---

LOG_TAKEN = "answers: version {version} is taken; the next visitor gets it"
LOG_REFUSED = "answers: refused ({kind}): {why}; visitors keep what they have"
SERVER_REFUSED = "newer answers were refused ({kind}); visitors keep what they have; the reason is in {file}"
STATUS_REFUSED = "Newer answers were refused ({kind}); visitors keep what they have."
PACK_AND_FROM = "--pack and --answers-from both say where answers come from: one of them"
FROM_ALONE = "{option} goes with --answers-from"
FROM_NEEDS_KEY = "--answers-from needs the key that they are signed with: --answers-key FILE"
BAD_STAND = (
    "{text!r} is no name of a stand: small letters, digits and hyphens, 40 at most, beginning with a letter, as lobby-2"
)

# --- rollouts ---

NOTHING_HERE = "nothing was published in {folder} yet: dimchat pack publish"
NO_ROLLOUT = "no version is being rolled out from {folder}"
ROLLOUT_GOING = "version {version} is being rolled out already ({state}); halt, resume or roll it back"
NOTHING_HELD = "version {version} is everywhere, and nothing newer is held back: dimchat pack publish --hold"
NOT_NEWER = "version {version} is not newer than {held}, which every stand may take"
SAME_ANSWERS = "version {version} answers as version {held} does: nothing to try out; publish it without --hold"

NO_STANDS = "say which stands there are: --stand NAME for each, or the address of the fleet's database"
FIRST_AT_ALL = "no stand has a version yet, so there is nothing to compare with: publish without --hold"
HALTED_ALREADY = "the rollout of version {version} is halted already"
NOT_HALTED = "the rollout of version {version} is not halted"
BACK_TO_WHAT = "version {version} was brought back itself; say to which version: --version N"
NOTHING_BEFORE = "there is no version before {version} to go back to"
BACK_SAME = "version {version} has the files that every stand has already"
ROLLOUT_STARTED = "version {version}: wave 1 of {waves}, {stands}"
ROLLOUT_WIDER = "version {version}: wave {wave} of {waves}, {stands}"
ROLLOUT_DONE = "version {version} is for every stand"
ROLLOUT_HALTED = "version {version} is halted: no further stand takes it; those that have it keep it until a rollback"
ROLLOUT_RESUMED = "version {version} goes on: wave {wave} of {waves}"
ROLLED_BACK = "version {version} brings back the files of version {same_as}; every stand takes it at its next look"
STATUS_ALL = "every stand: version {version}, valid until {day}"
STATUS_GOING = "rolling out: version {version}, {state}, wave {wave} of {waves}, {stands}"
STANDS_ONE = "1 stand"
STANDS_MANY = "{count} of {all} stands"
STANDS_ALL = "every stand"
STANDS_UNKNOWN = "stands whose place is at most {reach:.1%}"
STEP_FEW_BEFORE = "{count} questions from before are too few to compare with ({least} at least); decide by hand"
STEP_LOOK = (
    "{questions} of {planned} questions; declined {after:.1%}, before {before:.1%}; {excess:+.1f} beyond what was to "
    "be expected, halted from {limit:+.1f}"
)
STEP_RISES = "the share of declined questions rises"
STEP_PASSED = "the wave has passed"
WATCH_NEEDS = "--database says where the visits are: postgresql://NAME@HOST/DATABASE"
