package store

import (
	"context"
	"database/sql"
	"errors"

	"avow/internal/civic"
)

// Draft is what somebody writes and has not published: the text of a subject, and
// the version of the published one that it began with.
type Draft struct {
	ID       string
	Kind     civic.Kind
	Member   civic.MemberID
	Plan     civic.PlanID
	Subject  string // ID that the subject has or will have
	LocalID  string
	Base     int // version of the published subject that it began with, 0 for a new one
	Revision int // of the newest text, from 1
	Body     []byte
	Account  civic.AccountID // who wrote the newest text, "" for the local operator
	At       int64           // of the newest text, microseconds
}

const draftColumns = `d.id, d.kind, d.member, d.plan, d.subject, d.local_id, d.base, t.revision, t.body, t.account, t.at`

func scanDraft(rows interface{ Scan(...any) error }) (Draft, error) {
	var d Draft
	err := rows.Scan(&d.ID, &d.Kind, &d.Member, &d.Plan, &d.Subject, &d.LocalID, &d.Base, &d.Revision, &d.Body, &d.Account, &d.At)
	return d, err
}

// AddDraft keeps a new draft with its first text. A second one for the same
// subject or with the same local ID is a *civic.Error of kind Conflict.
func (h *House) AddDraft(d Draft) error {
	n, err := h.exec("INSERT INTO draft (id, kind, member, plan, subject, local_id, base, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, 1) ON CONFLICT DO NOTHING",
		d.ID, string(d.Kind), string(d.Member), string(d.Plan), d.Subject, d.LocalID, d.Base)
	switch {
	case err != nil:
		return err
	case n == 0:
		return &civic.Error{Kind: civic.Conflict, Key: "error.conflict"}
	}
	return h.addDraftText(d.ID, 1, d)
}

// SaveDraft adds a text to a draft after the revision that d has, and takes its
// base over. saved is false when that is not the newest revision any more, or when
// the draft is gone.
func (h *House) SaveDraft(d Draft) (saved bool, err error) {
	n, err := h.exec("UPDATE draft SET revision = revision + 1, base = $3 WHERE id = $1 AND revision = $2", d.ID, d.Revision, d.Base)
	if err != nil || n == 0 {
		return false, err
	}
	return true, h.addDraftText(d.ID, d.Revision+1, d)
}

func (h *House) addDraftText(id string, revision int, d Draft) error {
	_, err := h.exec("INSERT INTO draft_text (draft, revision, body, account, at) VALUES ($1, $2, $3, $4, $5)", id, revision, d.Body, string(d.Account), d.At)
	return err
}

// DropDraft takes a draft and all its texts away: it is published, or nobody wants it.
func (h *House) DropDraft(id string) error {
	if _, err := h.exec("DELETE FROM draft_text WHERE draft = $1", id); err != nil {
		return err
	}
	_, err := h.exec("DELETE FROM draft WHERE id = $1", id)
	return err
}

const draftFrom = " FROM draft d JOIN draft_text t ON t.draft = d.id AND t.revision = "

// Draft returns a draft with its newest text, or a *civic.Error of kind NotFound.
func (s *Store) Draft(ctx context.Context, id string) (Draft, error) {
	return s.oneDraft(ctx, id, "SELECT "+draftColumns+draftFrom+"d.revision WHERE d.id = $1", key(id))
}

// DraftAt returns a draft with the text of an earlier revision.
func (s *Store) DraftAt(ctx context.Context, id string, revision int) (Draft, error) {
	return s.oneDraft(ctx, id, "SELECT "+draftColumns+draftFrom+"$2 WHERE d.id = $1", key(id), revision)
}

// DraftOf returns the draft of a subject, or a *civic.Error of kind NotFound.
func (s *Store) DraftOf(ctx context.Context, subject string) (Draft, error) {
	return s.oneDraft(ctx, subject, "SELECT "+draftColumns+draftFrom+"d.revision WHERE d.subject = $1", key(subject))
}

func (s *Store) oneDraft(ctx context.Context, ref, query string, args ...any) (Draft, error) {
	d, err := scanDraft(s.reader.QueryRowContext(ctx, query, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return Draft{}, &civic.Error{Kind: civic.NotFound, Key: "draft.not_found", Args: map[string]any{"Ref": ref}}
	}
	return d, s.friendly("read the draft "+ref, err)
}

// DraftsOfPlan returns the drafts of a plan in the order of their creation.
func (s *Store) DraftsOfPlan(ctx context.Context, plan civic.PlanID) ([]Draft, error) {
	rows, err := s.reader.QueryContext(ctx, "SELECT "+draftColumns+draftFrom+"d.revision WHERE d.plan = $1 ORDER BY d.id", string(plan))
	if err != nil {
		return nil, s.friendly("read the drafts of a plan", err)
	}
	defer rows.Close()
	var out []Draft
	for rows.Next() {
		d, err := scanDraft(rows)
		if err != nil {
			return nil, s.friendly("read the drafts of a plan", err)
		}
		out = append(out, d)
	}
	return out, s.friendly("read the drafts of a plan", rows.Err())
}
