-- +goose Up

-- Who wants to be told of changes, without an account. Nobody is told anything
-- before the address was confirmed. Position is the entry of the record from which
-- the next letter tells; due is the window for which the last letter was made.
CREATE TABLE follow (
    id        {{.Text}} PRIMARY KEY,
    mail      {{.Text}} NOT NULL,
    lang      {{.Text}} NOT NULL,
    kind      {{.Text}} NOT NULL,
    target    {{.Text}} NOT NULL,
    cadence   {{.Text}} NOT NULL,
    asked     {{.Text}} NOT NULL,
    secret    {{.Blob}} NOT NULL,
    created   {{.Int}} NOT NULL,
    confirmed {{.Int}} NOT NULL,
    position  {{.Int}} NOT NULL,
    told      {{.Text}} NOT NULL
){{.Strict}};
CREATE UNIQUE INDEX follow_what ON follow (mail, kind, target);
CREATE INDEX follow_due ON follow (cadence, told, id) WHERE confirmed <> 0;
CREATE INDEX follow_waiting ON follow (created) WHERE confirmed = 0;

-- Accounts that want no reminders.
CREATE TABLE unreminded (
    account {{.Text}} PRIMARY KEY,
    since   {{.Int}} NOT NULL
){{.Strict}};

-- Addresses of organisations that are told of each change in its turn.
CREATE TABLE webhook (
    id       {{.Text}} PRIMARY KEY,
    member   {{.Text}} NOT NULL,
    account  {{.Text}} NOT NULL,
    url      {{.Text}} NOT NULL,
    secret   {{.Blob}} NOT NULL,
    created  {{.Int}} NOT NULL,
    position {{.Int}} NOT NULL,
    tries    {{.Int}} NOT NULL,
    failing  {{.Int}} NOT NULL,
    due      {{.Int}} NOT NULL,
    ended    {{.Int}} NOT NULL,
    why      {{.Text}} NOT NULL
){{.Strict}};
CREATE INDEX webhook_due ON webhook (due) WHERE ended = 0;
CREATE INDEX webhook_member ON webhook (member, created);

CREATE TABLE webhook_delivery (
    id     {{.Text}} PRIMARY KEY,
    hook   {{.Text}} NOT NULL REFERENCES webhook (id),
    entry  {{.Int}} NOT NULL,
    at     {{.Int}} NOT NULL,
    status {{.Int}} NOT NULL,
    fault  {{.Text}} NOT NULL,
    tries  {{.Int}} NOT NULL
){{.Strict}};
CREATE INDEX webhook_delivery_hook ON webhook_delivery (hook, at);

-- The commitments of a member, whose story is told.
CREATE INDEX commitment_of_member ON commitment (member_id, ord);
