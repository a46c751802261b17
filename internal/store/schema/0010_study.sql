-- +goose Up

-- What coders of a study have said and not handed in: each one's own, until all
-- have handed in and it becomes part of the record.
CREATE TABLE coding (
    study {{.Text}} NOT NULL,
    coder {{.Text}} NOT NULL,
    body  {{.Blob}} NOT NULL,
    at    {{.Int}} NOT NULL,
    PRIMARY KEY (study, coder)
){{.Strict}};
