-- +goose Up

-- The model that was in use before the one that is kept in model: what it would have
-- proposed is held against what the newer one proposes.
CREATE TABLE model_before (
    one     {{.Key}} CHECK (one = 1),
    trained {{.Int}} NOT NULL,
    bytes   {{.Blob}} NOT NULL
){{.Strict}};
