package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

const (
	connectWithin = 10 * time.Second
	maxConnected  = 16
	idleConnected = 4
)

// openPostgres opens one pool for readers and writers.
func (s *Store) openPostgres(ctx context.Context, o Options) error {
	s.dialect, s.place = postgres, "PostgreSQL"
	config, err := pgx.ParseConfig(o.URL)
	if err != nil {
		// The cause may repeat the address with its password: it is not kept.
		return s.unavailable(KeyBadAddress, nil)
	}
	s.place = config.Host + "/" + config.Database
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectWithin
	}
	config.RuntimeParams["application_name"] = "avow"
	config.RuntimeParams["timezone"] = "UTC"
	if o.ReadOnly {
		config.RuntimeParams["default_transaction_read_only"] = "on"
	}
	s.reader = newPool(stdlib.OpenDB(*config), false)
	s.reader.SetMaxOpenConns(maxConnected)
	s.reader.SetMaxIdleConns(idleConnected)
	s.reader.SetConnMaxIdleTime(5 * time.Minute)
	if !o.ReadOnly {
		s.writer = s.reader.DB
	}
	return s.reader.PingContext(ctx)
}
