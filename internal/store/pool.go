package store

import (
	"context"
	"database/sql"
	"sync"
)

// mostPrepared bounds how many queries a pool keeps ready; those of searches with
// rare filters stay unprepared.
const mostPrepared = 200

// pool are the connections of the readers. On SQLite it keeps the queries that were
// asked before ready: reading their text took a fifth of a page's time. PostgreSQL's
// driver does so itself.
type pool struct {
	*sql.DB
	prepares bool

	mu    sync.RWMutex
	ready map[string]*sql.Stmt
}

func newPool(db *sql.DB, prepares bool) *pool {
	return &pool{DB: db, prepares: prepares, ready: map[string]*sql.Stmt{}}
}

// QueryContext runs a query that returns rows.
func (p *pool) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if stmt := p.prepared(ctx, query); stmt != nil {
		return stmt.QueryContext(ctx, args...)
	}
	return p.DB.QueryContext(ctx, query, args...)
}

// QueryRowContext runs a query that returns one row.
func (p *pool) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if stmt := p.prepared(ctx, query); stmt != nil {
		return stmt.QueryRowContext(ctx, args...)
	}
	return p.DB.QueryRowContext(ctx, query, args...)
}

// prepared returns the query ready to run; nil: run its text, which also tells what
// is wrong with it.
func (p *pool) prepared(ctx context.Context, query string) *sql.Stmt {
	if !p.prepares {
		return nil
	}
	p.mu.RLock()
	stmt, full := p.ready[query], len(p.ready) >= mostPrepared
	p.mu.RUnlock()
	if stmt != nil || full {
		return stmt
	}
	stmt, err := p.PrepareContext(ctx, query)
	if err != nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if other := p.ready[query]; other != nil {
		stmt.Close()
		return other
	}
	p.ready[query] = stmt
	return stmt
}
