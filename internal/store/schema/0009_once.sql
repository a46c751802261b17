-- +goose Up

-- Requests with an idempotency key and their answers, for a day.
CREATE TABLE once (
    id      {{.Text}} NOT NULL PRIMARY KEY,
    request {{.Text}} NOT NULL,
    at      {{.Int}} NOT NULL,
    status  {{.Int}} NOT NULL,
    type    {{.Text}} NOT NULL,
    body    {{.Blob}} NOT NULL
){{.Strict}};
CREATE INDEX once_at ON once (at);
