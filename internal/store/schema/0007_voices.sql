-- +goose Up

-- Which account wrote a testimony or a contribution. The public record does not
-- tell; nothing else links the two, and no answer shows it: it keeps a second
-- testimony on one report out, and lets people change and withdraw their own.
CREATE TABLE authored (
    id      {{.Text}} PRIMARY KEY,
    kind    {{.Text}} NOT NULL,
    account {{.Text}} NOT NULL REFERENCES account (id),
    target  {{.Text}} NOT NULL
){{.Strict}};
CREATE UNIQUE INDEX authored_once ON authored (account, kind, target) WHERE target <> '';
