-- +goose Up

-- What a subject belongs to: a report to its commitment, a grant to its account.
-- Derived from the newest version, as every table of the record's subjects.
CREATE TABLE belonging (
    ord    {{.Int}} NOT NULL REFERENCES subject (ord),
    pos    {{.Int}} NOT NULL,
    role   {{.Text}} NOT NULL,
    target {{.Text}} NOT NULL,
    PRIMARY KEY (ord, pos)
){{.Strict}};
CREATE INDEX belonging_target ON belonging (target, role, ord);

-- One report for each period and commitment or milestone, one forum for each member.
CREATE TABLE report (
    ord  {{.Key}} REFERENCES subject (ord),
    once {{.Text}} NOT NULL
){{.Strict}};
CREATE UNIQUE INDEX report_once ON report (once) WHERE once <> '';

CREATE TABLE forum (
    ord  {{.Key}} REFERENCES subject (ord),
    once {{.Text}} NOT NULL
){{.Strict}};
CREATE UNIQUE INDEX forum_once ON forum (once) WHERE once <> '';
