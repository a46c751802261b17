package app

import (
	"context"

	"avow/internal/civic"
)

// Caller tells who holds a session: the account with the roles that are in force
// today. An unknown, ended or expired session is a visitor.
func (a *App) Caller(ctx context.Context, session string) (civic.Caller, error) {
	return civic.Caller{}, nil
}

// CallerByToken tells who holds a token of the API. No token is a visitor; one
// that is unknown, ended or expired is Unauthenticated.
func (a *App) CallerByToken(ctx context.Context, token string) (civic.Caller, error) {
	return civic.Caller{}, nil
}
