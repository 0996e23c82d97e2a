"""The schema of the case database and its migrations. Each step is applied once; `PRAGMA user_version` counts them.

Times are UTC in ISO 8601. Digests are SHA-256 in hex. docs/reference/case.md is written from this module. What a step
does is never changed once it is published: cases that have it are not brought through it again.
"""

from __future__ import annotations

_FIRST = """
CREATE TABLE source (            -- bytes, once however often they were obtained
  sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'new');  -- new | read
CREATE INDEX source_state ON source (state);
CREATE TABLE origin (            -- each time and place that bytes were obtained from
  id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL REFERENCES source, path TEXT NOT NULL, how TEXT NOT NULL,
  added TEXT NOT NULL, by TEXT NOT NULL, note TEXT, url TEXT, retrieved TEXT, UNIQUE (sha256, path, url));
CREATE INDEX origin_path ON origin (path);
CREATE TABLE reading (           -- one source, or one member of an archive, through one reader with one set of options
  id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL REFERENCES source,
  inner_path TEXT NOT NULL,      -- of the second member of one name with # after it, of the third with ##
  path TEXT NOT NULL, reader TEXT NOT NULL, reader_version TEXT NOT NULL, ocr_used INTEGER NOT NULL,
  ocr_version TEXT NOT NULL, ocr_mode TEXT NOT NULL, state TEXT NOT NULL, coverage TEXT NOT NULL, text_sha256 TEXT,
  read TEXT NOT NULL, decided_by TEXT NOT NULL, stated_by TEXT NOT NULL,
  gist TEXT,                     -- SHA-256 of the text without spaces and punctuation
  UNIQUE (sha256, inner_path));
CREATE INDEX reading_text ON reading (text_sha256);
CREATE INDEX reading_gist ON reading (gist);
CREATE INDEX reading_keys ON reading (
  reader, reader_version, ocr_used, ocr_version, ocr_mode, decided_by, stated_by);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE document (          -- the canonical text and its layout, as kept by pipeline/snapshot.py, one row a window
  reading INTEGER NOT NULL REFERENCES reading ON DELETE CASCADE, part INTEGER NOT NULL, kept BLOB NOT NULL,
  PRIMARY KEY (reading, part));
CREATE TABLE finding (
  id TEXT NOT NULL, reading INTEGER NOT NULL REFERENCES reading ON DELETE CASCADE, number INTEGER NOT NULL,
  level TEXT NOT NULL, attribute TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (reading, number));
CREATE INDEX finding_id ON finding (id);
CREATE INDEX finding_level ON finding (level);
CREATE TABLE statement (
  reading INTEGER NOT NULL REFERENCES reading ON DELETE CASCADE, number INTEGER NOT NULL, predicate TEXT NOT NULL,
  record TEXT NOT NULL, PRIMARY KEY (reading, number));
CREATE TABLE judgement (         -- what people decided; never changed, never removed
  id INTEGER PRIMARY KEY, finding TEXT NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('accept', 'reject', 'unsure')), reason TEXT NOT NULL, by TEXT NOT NULL,
  at TEXT NOT NULL);
CREATE INDEX judgement_finding ON judgement (finding);
CREATE TABLE journal (           -- every action; hash = SHA-256 of the previous hash, a line feed and the entry as JSON
  seq INTEGER PRIMARY KEY, at TEXT NOT NULL, by TEXT NOT NULL, action TEXT NOT NULL, detail TEXT NOT NULL,
  previous TEXT NOT NULL, hash TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (  -- rowid = reading.id * 65536 + part; Chinese as bigrams
  body, content='', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER journal_fixed BEFORE UPDATE ON journal
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_kept BEFORE DELETE ON journal
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER judgement_fixed BEFORE UPDATE ON judgement
  BEGIN SELECT RAISE(ABORT, 'judgements are append-only'); END;
CREATE TRIGGER judgement_kept BEFORE DELETE ON judgement
  BEGIN SELECT RAISE(ABORT, 'judgements are append-only'); END;
"""

# Rules change, and with them a finding may go. What was judged must stay known, so it is kept beside the judgement. For
# judgements of before, what the case holds under the finding's id is that: an id is of one place in one text.
_JUDGED = """
CREATE TABLE judged (            -- what a finding said when it was judged; never changed, never removed
  judgement INTEGER PRIMARY KEY REFERENCES judgement, sha256 TEXT NOT NULL, inner_path TEXT NOT NULL,
  path TEXT NOT NULL, page INTEGER, line INTEGER, attribute TEXT NOT NULL, quote TEXT NOT NULL,
  begins INTEGER NOT NULL, ends INTEGER NOT NULL, text_sha256 TEXT NOT NULL);
INSERT INTO judged SELECT j.id, r.sha256, r.inner_path,
  json_extract(f.record, '$.path'), json_extract(f.record, '$.page'), json_extract(f.record, '$.line'), f.attribute,
  json_extract(f.record, '$.quote'), json_extract(f.record, '$.start'), json_extract(f.record, '$.end'),
  json_extract(f.record, '$.text_sha256')
  FROM judgement j JOIN finding f ON f.rowid = (SELECT min(g.rowid) FROM finding g WHERE g.id = j.finding)
  JOIN reading r ON r.id = f.reading;
CREATE TRIGGER judged_fixed BEFORE UPDATE ON judged
  BEGIN SELECT RAISE(ABORT, 'judgements are append-only'); END;
CREATE TRIGGER judged_kept BEFORE DELETE ON judged
  BEGIN SELECT RAISE(ABORT, 'judgements are append-only'); END;
"""

STEPS: tuple[str, ...] = (_FIRST, _JUDGED)
