package store

import (
	"context"
	"database/sql"
	"errors"
)

// KeepModel keeps the model that proposes tags, and the former one beside it in the
// place of the one before that: no more than two are ever kept. trained is the
// moment, in microseconds.
func (h *House) KeepModel(trained int64, bytes []byte) error {
	const over = " ON CONFLICT (one) DO UPDATE SET trained = excluded.trained, bytes = excluded.bytes"
	if _, err := h.exec("INSERT INTO model_before (one, trained, bytes) SELECT one, trained, bytes FROM model WHERE one = 1" + over); err != nil {
		return err
	}
	_, err := h.exec("INSERT INTO model (one, trained, bytes) VALUES (1, $1, $2)"+over, trained, bytes)
	return err
}

// DropModels forgets the model that is kept, and the former one.
func (h *House) DropModels() error {
	for _, table := range []string{"model", "model_before"} {
		if _, err := h.exec("DELETE FROM " + table); err != nil {
			return err
		}
	}
	return nil
}

// ModelTrained is when the model that is kept here was trained; 0: none was.
func (s *Store) ModelTrained(ctx context.Context) (int64, error) {
	var trained int64
	err := s.reader.QueryRowContext(ctx, "SELECT trained FROM model WHERE one = 1").Scan(&trained)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return trained, s.friendly("ask for the model", err)
}

// Model returns the model that is kept here and when it was trained; nil: none is.
func (s *Store) Model(ctx context.Context) (bytes []byte, trained int64, err error) {
	return s.model(ctx, "model")
}

// ModelBefore returns the one that was kept before; nil: none was.
func (s *Store) ModelBefore(ctx context.Context) (bytes []byte, trained int64, err error) {
	return s.model(ctx, "model_before")
}

func (s *Store) model(ctx context.Context, table string) (bytes []byte, trained int64, err error) {
	err = s.reader.QueryRowContext(ctx, "SELECT trained, bytes FROM "+table+" WHERE one = 1").Scan(&trained, &bytes)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, 0, nil
	}
	return bytes, trained, s.friendly("read the model", err)
}
