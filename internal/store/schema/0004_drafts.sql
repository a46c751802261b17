-- +goose Up

-- A commitment that is published for consultation and not adopted stands in no
-- list, count, search or export.
ALTER TABLE commitment ADD COLUMN proposed {{.Int}} NOT NULL DEFAULT 0;

-- What is being written and is not public: one draft for each commitment. The
-- texts of every revision stay until the draft is published or thrown away.
CREATE TABLE draft (
    id       {{.Text}} PRIMARY KEY,
    kind     {{.Text}} NOT NULL,
    member   {{.Text}} NOT NULL,
    plan     {{.Text}} NOT NULL,
    subject  {{.Text}} NOT NULL,
    local_id {{.Text}} NOT NULL,
    base     {{.Int}} NOT NULL,
    revision {{.Int}} NOT NULL
){{.Strict}};
CREATE UNIQUE INDEX draft_subject ON draft (subject);
CREATE UNIQUE INDEX draft_local_id ON draft (local_id) WHERE local_id <> '';
CREATE INDEX draft_plan ON draft (plan);

CREATE TABLE draft_text (
    draft    {{.Text}} NOT NULL REFERENCES draft (id),
    revision {{.Int}} NOT NULL,
    body     {{.Blob}} NOT NULL,
    account  {{.Text}} NOT NULL,
    at       {{.Int}} NOT NULL,
    PRIMARY KEY (draft, revision)
){{.Strict}};
