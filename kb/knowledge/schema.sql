-- Aggregated knowledge. `facts` holds the facts of each document as read, for the next build;
-- all other tables are joined from them and read by the pages.
CREATE TABLE facts (path TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE document (
    path TEXT PRIMARY KEY, title TEXT NOT NULL, kind TEXT NOT NULL, grp TEXT, home TEXT NOT NULL,
    date TEXT, proposed TEXT, doubtful INTEGER NOT NULL, likely TEXT
) WITHOUT ROWID;
CREATE INDEX document_grp ON document (grp, likely);
CREATE TABLE person (key TEXT PRIMARY KEY, name TEXT NOT NULL, place TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE spelling (
    person TEXT NOT NULL, name TEXT NOT NULL, place TEXT NOT NULL, identity TEXT NOT NULL,
    count INTEGER NOT NULL, reason TEXT NOT NULL, confidence REAL NOT NULL
);
CREATE INDEX spelling_person ON spelling (person);
CREATE TABLE suggestion (
    one TEXT NOT NULL, other TEXT NOT NULL, one_key TEXT, other_key TEXT,
    confidence REAL NOT NULL, reason TEXT NOT NULL
);
CREATE TABLE unused (names TEXT NOT NULL);
CREATE TABLE mention (
    person TEXT, path TEXT NOT NULL, name TEXT NOT NULL, stated TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, municipality TEXT, organisation TEXT,
    role TEXT, title TEXT, presence TEXT NOT NULL, confidence REAL NOT NULL
);
CREATE INDEX mention_person ON mention (person);
CREATE INDEX mention_path ON mention (path);
CREATE INDEX mention_municipality ON mention (municipality);
CREATE TABLE part (
    municipality TEXT NOT NULL, path TEXT NOT NULL, part TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL
);
CREATE INDEX part_municipality ON part (municipality);
CREATE TABLE statement (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, path TEXT NOT NULL, text TEXT NOT NULL,
    sentence TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, due TEXT,
    heading TEXT NOT NULL, confidence REAL NOT NULL, open INTEGER NOT NULL, likely TEXT
);
CREATE INDEX statement_kind ON statement (kind, likely);
CREATE INDEX statement_path ON statement (path);
CREATE TABLE who (statement INTEGER NOT NULL, name TEXT NOT NULL, person TEXT, municipality TEXT);
CREATE INDEX who_statement ON who (statement);
CREATE INDEX who_person ON who (person);
CREATE INDEX who_municipality ON who (municipality);
CREATE TABLE later (
    statement INTEGER NOT NULL, path TEXT NOT NULL, sentence TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, likeness REAL NOT NULL
);
CREATE INDEX later_statement ON later (statement);
CREATE TABLE announced (
    id INTEGER PRIMARY KEY, grp TEXT NOT NULL, date TEXT NOT NULL, time TEXT, place TEXT,
    held TEXT NOT NULL
);
CREATE INDEX announced_date ON announced (date);
CREATE INDEX announced_grp ON announced (grp);
CREATE TABLE announcement (
    announced INTEGER NOT NULL, path TEXT NOT NULL, sentence TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, confidence REAL NOT NULL
);
CREATE INDEX announcement_announced ON announcement (announced);
CREATE TABLE said (
    municipality TEXT NOT NULL, path TEXT NOT NULL, sentence TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, keys TEXT NOT NULL
);
CREATE INDEX said_municipality ON said (municipality);
CREATE TABLE thread (id INTEGER PRIMARY KEY, grp TEXT NOT NULL, heading TEXT NOT NULL);
CREATE INDEX thread_grp ON thread (grp);
CREATE TABLE thread_place (
    thread INTEGER NOT NULL, path TEXT NOT NULL, heading TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL
);
CREATE INDEX thread_place_thread ON thread_place (thread);
