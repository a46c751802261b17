-- +goose Up

-- Files, by their content. They are no part of the record: the subjects that refer
-- to one name its hash (belonging, role 'file'). kept is when it was last asked to
-- be kept, in microseconds: what nothing refers to a day later is swept.
CREATE TABLE file (
    sha256 {{.Text}} PRIMARY KEY,
    size   {{.Int}} NOT NULL,
    type   {{.Text}} NOT NULL,
    kept   {{.Int}} NOT NULL,
    bytes  {{.Blob}} NOT NULL
){{.Strict}};
CREATE INDEX file_kept ON file (kept);
