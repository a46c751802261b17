package store

import (
	"database/sql"
	"errors"
)

// OnceAnswer is the answer that is given again to a repeated request.
type OnceAnswer struct {
	Status int // of HTTP; 0 while the request runs
	Type   string
	Body   []byte
}

// OnceRow is a request with an idempotency key.
type OnceRow struct {
	Request string // hash of what was asked
	Answer  OnceAnswer
}

// BeginOnce claims a key for a request, and returns the row of an earlier one
// when there is one. Keys from before forgotten (microseconds) are swept.
func (h *House) BeginOnce(key, request string, at, forgotten int64) (*OnceRow, error) {
	if _, err := h.exec("DELETE FROM once WHERE at < $1", forgotten); err != nil {
		return nil, err
	}
	n, err := h.exec("INSERT INTO once (id, request, at, status, type, body) VALUES ($1, $2, $3, 0, '', $4) ON CONFLICT (id) DO NOTHING", key, request, at, []byte{})
	if err != nil || n == 1 {
		return nil, err
	}
	var row OnceRow
	err = h.raw.QueryRowContext(h.ctx, "SELECT request, status, type, body FROM once WHERE id = $1", key).
		Scan(&row.Request, &row.Answer.Status, &row.Answer.Type, &row.Answer.Body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &row, err
}

// EndOnce stores the answer of a key's request; one without a status forgets the key.
func (h *House) EndOnce(key string, answer OnceAnswer) error {
	if answer.Status == 0 {
		_, err := h.exec("DELETE FROM once WHERE id = $1", key)
		return err
	}
	_, err := h.exec("UPDATE once SET status = $2, type = $3, body = $4 WHERE id = $1", key, int64(answer.Status), answer.Type, append([]byte{}, answer.Body...)) // an answer without a body has an empty one
	return err
}
