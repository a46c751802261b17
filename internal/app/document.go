package app

import (
	"context"

	"avow/internal/civic"
)

// KeepDocument adds a document to a member's repository, or corrects the one with
// its ID: the former version stays in the record. Seen is the version that the
// person had before them, 0 when it does not matter; another one is a Conflict.
func (a *App) KeepDocument(ctx context.Context, who civic.Caller, d civic.Document, seen int) (civic.DocumentID, error) {
	return "", errNotYet
}

// WithdrawDocument says that a document is no longer offered, and why.
func (a *App) WithdrawDocument(ctx context.Context, who civic.Caller, id civic.DocumentID, reason string) error {
	return errNotYet
}
