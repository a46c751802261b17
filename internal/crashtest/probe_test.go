package crashtest

import (
	"context"
	"database/sql"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"
)

func openSQL(t *testing.T, driver, address string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// sqliteProbe tries to take the write lock and gives it back at once.
func sqliteProbe(t *testing.T, file string) probe {
	db := openSQL(t, "sqlite", "file:"+file+"?_pragma=busy_timeout(0)&_txlock=immediate")
	return func() bool {
		tx, err := db.BeginTx(context.Background(), nil)
		if err != nil {
			return true
		}
		_ = tx.Rollback()
		return false
	}
}

// postgresProbe looks for a session that has written and not committed.
func postgresProbe(t *testing.T, url string) probe {
	db := openSQL(t, "pgx", url)
	return func() bool {
		var n int
		err := db.QueryRowContext(context.Background(),
			"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()").Scan(&n)
		return err == nil && n > 0
	}
}
