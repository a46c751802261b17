-- +goose Up

-- The model that proposes tags, trained here. Without a row the one that is part of
-- the program proposes.
CREATE TABLE model (
    one     {{.Key}} CHECK (one = 1),
    trained {{.Int}} NOT NULL,
    bytes   {{.Blob}} NOT NULL
){{.Strict}};
