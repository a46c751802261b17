package app

import (
	"context"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
)

// OnceAnswer is what a request with an idempotency key was answered. The zero
// value says that nothing is to be kept.
type OnceAnswer = store.OnceAnswer

// onceLasts is how long a key is remembered.
const onceLasts = 24 * time.Hour

// BeginOnce notes that a request with an idempotency key begins. It returns the
// answer of the first request with this key, nil when this is the first; Conflict
// when that one still runs, Invalid when it was another request.
func (a *App) BeginOnce(ctx context.Context, key, request string) (*OnceAnswer, error) {
	now := a.now()
	var first *store.OnceRow
	err := a.store.House(ctx, func(h *store.House) (err error) {
		first, err = h.BeginOnce(key, request, now.UnixMicro(), now.Add(-onceLasts).UnixMicro())
		return err
	})
	switch {
	case err != nil || first == nil:
		return nil, err
	case first.Request != request:
		return nil, &civic.Error{Kind: civic.Invalid, Key: "api.key_reused", Field: "Idempotency-Key"}
	case first.Answer.Status == 0:
		return nil, &civic.Error{Kind: civic.Conflict, Key: "api.key_busy", Field: "Idempotency-Key"}
	}
	return &first.Answer, nil
}

// EndOnce keeps the answer for whoever repeats the request, or forgets the key
// when the answer is the zero value.
func (a *App) EndOnce(ctx context.Context, key string, answer OnceAnswer) error {
	return a.store.House(ctx, func(h *store.House) error { return h.EndOnce(key, answer) })
}
