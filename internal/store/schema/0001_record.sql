-- +goose Up

-- The log's name and its state. Every write to the record changes this one row.
CREATE TABLE log (
    one        {{.Key}} CHECK (one = 1),
    origin     {{.Text}} NOT NULL,
    size       {{.Int}} NOT NULL,
    root       {{.Blob}} NOT NULL,
    newest     {{.Int}} NOT NULL,
    derivation {{.Int}} NOT NULL
){{.Strict}};

-- One row for each entry: the leaf, and the tree hashes that it completes.
CREATE TABLE ledger_entry (
    idx    {{.Key}},
    leaf   {{.Blob}} NOT NULL,
    hashes {{.Blob}} NOT NULL
){{.Strict}};

-- One row for each thing with entries: ord is its first entry, entry its newest.
CREATE TABLE subject (
    ord    {{.Key}} REFERENCES ledger_entry (idx),
    id     {{.Text}} NOT NULL,
    kind   {{.Text}} NOT NULL,
    entry  {{.Int}} NOT NULL,
    number {{.Int}} NOT NULL
){{.Strict}};
CREATE UNIQUE INDEX subject_id ON subject (id);
CREATE INDEX subject_kind ON subject (kind, ord);

-- What each entry commits to. Erasing sets salt and body to NULL.
CREATE TABLE version (
    entry  {{.Key}} REFERENCES ledger_entry (idx),
    ord    {{.Int}} NOT NULL REFERENCES subject (ord),
    number {{.Int}} NOT NULL,
    salt   {{.Blob}},
    body   {{.Blob}}
){{.Strict}};
CREATE UNIQUE INDEX version_number ON version (ord, number);

-- From here on everything is derived from the newest version of one subject.
CREATE TABLE member (
    ord      {{.Key}} REFERENCES subject (ord),
    slug_key {{.Text}} NOT NULL,
    code_key {{.Text}} NOT NULL
){{.Strict}};
CREATE UNIQUE INDEX member_slug ON member (slug_key);
CREATE UNIQUE INDEX member_code ON member (code_key) WHERE code_key <> '';

CREATE TABLE plan (
    ord        {{.Key}} REFERENCES subject (ord),
    slug_key   {{.Text}} NOT NULL,
    source_key {{.Text}} NOT NULL,
    member_id  {{.Text}} NOT NULL
){{.Strict}};
CREATE UNIQUE INDEX plan_slug ON plan (slug_key);
CREATE INDEX plan_source ON plan (source_key);

CREATE TABLE commitment (
    ord        {{.Key}} REFERENCES subject (ord),
    ogp_id     {{.Text}} NOT NULL,
    member_id  {{.Text}} NOT NULL,
    plans      {{.Text}} NOT NULL,
    numbers    {{.Text}} NOT NULL,
    year       {{.Int}} NOT NULL,
    completion {{.Text}} NOT NULL,
    lang       {{.Text}} NOT NULL,
    title      {{.Text}} NOT NULL,
    title_key  {{.Text}} NOT NULL,
    tags       {{.Text}} NOT NULL,
    milestones {{.Int}} NOT NULL,
    demo       {{.Int}} NOT NULL
){{.Strict}};
CREATE UNIQUE INDEX commitment_ogp_id ON commitment (ogp_id) WHERE ogp_id <> '';

CREATE TABLE commitment_plan (
    ord     {{.Int}} NOT NULL REFERENCES commitment (ord),
    pos     {{.Int}} NOT NULL,
    plan_id {{.Text}} NOT NULL,
    PRIMARY KEY (ord, pos)
){{.Strict}};
CREATE INDEX commitment_plan_plan ON commitment_plan (plan_id, ord);

-- Search tokens, made by package text and separated by blanks.
{{- if .SQLite}}
-- The ascii tokenizer splits at blanks and leaves every other letter alone: the
-- folding is done already, and Unicode's tables differ between engines.
CREATE VIRTUAL TABLE search USING fts5 (title, body, tokenize = 'ascii', detail = 'column');
INSERT INTO search (search, rank) VALUES ('hashsize', 16777216);
{{- else}}
CREATE TABLE search (
    rowid BIGINT PRIMARY KEY,
    title TEXT NOT NULL,
    body  TEXT NOT NULL
);
CREATE INDEX search_title ON search USING GIN (array_to_tsvector(string_to_array(title, ' ')));
CREATE INDEX search_whole ON search USING GIN (array_to_tsvector(string_to_array(btrim(title || ' ' || body), ' ')));
{{- end}}

-- The ledger can only grow.
{{- if .SQLite}}
-- +goose StatementBegin
CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END;
-- +goose StatementEnd
PRAGMA application_id = {{.ApplicationID}};
{{- else}}
-- +goose StatementBegin
CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'ledger_entry is append-only'; END $$;
-- +goose StatementEnd
CREATE TRIGGER ledger_entry_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();
{{- end}}
