-- +goose Up

-- What is needed to know who asks. None of it is part of the public record, which
-- holds the ID of an account alone. Of every token only a hash is kept.
CREATE TABLE account (
    id        {{.Text}} PRIMARY KEY,
    mail      {{.Text}} NOT NULL,
    name      {{.Text}} NOT NULL,
    lang      {{.Text}} NOT NULL,
    created   {{.Int}} NOT NULL,
    totp      {{.Text}} NOT NULL,
    totp_step {{.Int}} NOT NULL,
    blocked   {{.Int}} NOT NULL
){{.Strict}};
CREATE UNIQUE INDEX account_mail ON account (mail);

CREATE TABLE recovery (
    account {{.Text}} NOT NULL REFERENCES account (id),
    hash    {{.Blob}} NOT NULL,
    PRIMARY KEY (account, hash)
){{.Strict}};

CREATE TABLE passkey (
    id      {{.Text}} PRIMARY KEY,
    account {{.Text}} NOT NULL REFERENCES account (id),
    name    {{.Text}} NOT NULL,
    created {{.Int}} NOT NULL,
    used    {{.Int}} NOT NULL,
    data    {{.Blob}} NOT NULL
){{.Strict}};
CREATE INDEX passkey_account ON passkey (account);

CREATE TABLE identity (
    issuer  {{.Text}} NOT NULL,
    subject {{.Text}} NOT NULL,
    account {{.Text}} NOT NULL REFERENCES account (id),
    created {{.Int}} NOT NULL,
    PRIMARY KEY (issuer, subject)
){{.Strict}};

CREATE TABLE session (
    hash    {{.Blob}} PRIMARY KEY,
    id      {{.Text}} NOT NULL,
    account {{.Text}} NOT NULL REFERENCES account (id),
    created {{.Int}} NOT NULL,
    seen    {{.Int}} NOT NULL,
    strong  {{.Int}} NOT NULL,
    device  {{.Text}} NOT NULL
){{.Strict}};
CREATE INDEX session_account ON session (account);
CREATE INDEX session_seen ON session (seen);

-- A key of an account for programs.
CREATE TABLE api_token (
    hash    {{.Blob}} PRIMARY KEY,
    id      {{.Text}} NOT NULL,
    account {{.Text}} NOT NULL REFERENCES account (id),
    name    {{.Text}} NOT NULL,
    created {{.Int}} NOT NULL,
    used    {{.Int}} NOT NULL,
    strong  {{.Int}} NOT NULL
){{.Strict}};
CREATE INDEX api_token_account ON api_token (account);

-- What waits for one answer: a link in a mail, a challenge, a secret to confirm.
CREATE TABLE token (
    hash    {{.Blob}} PRIMARY KEY,
    purpose {{.Text}} NOT NULL,
    mail    {{.Text}} NOT NULL,
    account {{.Text}} NOT NULL,
    code    {{.Blob}} NOT NULL,
    browser {{.Blob}} NOT NULL,
    data    {{.Blob}} NOT NULL,
    created {{.Int}} NOT NULL,
    expires {{.Int}} NOT NULL,
    tries   {{.Int}} NOT NULL,
    used    {{.Int}} NOT NULL
){{.Strict}};
CREATE INDEX token_browser ON token (browser);
CREATE INDEX token_mail ON token (mail, created);
CREATE INDEX token_expires ON token (expires);

-- Mail that waits to be sent, and for a while the keys of what was sent.
CREATE TABLE mail_queue (
    id      {{.Text}} PRIMARY KEY,
    ord     {{.Int}} NOT NULL,
    once    {{.Text}} NOT NULL,
    address {{.Text}} NOT NULL,
    lang    {{.Text}} NOT NULL,
    kind    {{.Text}} NOT NULL,
    data    {{.Blob}} NOT NULL,
    due     {{.Int}} NOT NULL,
    tries   {{.Int}} NOT NULL,
    leased  {{.Int}} NOT NULL,
    done    {{.Int}} NOT NULL
){{.Strict}};
CREATE UNIQUE INDEX mail_queue_once ON mail_queue (once) WHERE once <> '';
CREATE INDEX mail_queue_ord ON mail_queue (ord);
CREATE INDEX mail_queue_due ON mail_queue (due) WHERE done = 0;
CREATE INDEX mail_queue_done ON mail_queue (done) WHERE done <> 0;
