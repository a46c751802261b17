package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"syscall"
	"time"

	"avow/internal/civic"
	"avow/internal/config"
	"avow/internal/i18n"
)

// The deadlines of one connection. A stream puts the write deadline off while it goes on.
const (
	headerTime   = 10 * time.Second
	readTime     = 30 * time.Second
	writeTime    = 60 * time.Second
	idleTime     = 2 * time.Minute
	shutdownTime = 15 * time.Second
	signEvery    = 5 * time.Second
	maxHeader    = 32 << 10
)

// Serve runs the server until the context ends, and then lets running requests
// finish. words is the language of the person who started it; the log goes to stderr.
func Serve(ctx context.Context, c config.Config, person *i18n.Printer, stderr io.Writer) (err error) {
	log := logger(c, stderr)
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return cannotListen(c.Listen, err)
	}
	defer listener.Close()
	k, err := keep(ctx, c, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, k.Close()) }()
	set, err := words(c)
	if err != nil {
		return err
	}
	say := teller(c, person, log, stderr)
	if c.Demo {
		if err := loadDemo(ctx, k, say); err != nil {
			return err
		}
		say("cli.serve.demo_sign_in", "mail", "poc@avow.example", "folder", c.Mail())
	}
	a := k.app()
	c.Listen = listener.Addr().String() // port 0 took one
	handler, err := k.handler(c, a, set)
	if err != nil {
		return err
	}
	srv := &http.Server{
		Handler: handler, ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	var background sync.WaitGroup
	work, stopWork := context.WithCancel(context.WithoutCancel(ctx))
	defer background.Wait()
	defer stopWork()
	background.Go(func() { k.signNowAndThen(work) })
	background.Go(func() { k.loop(c, a, set).Run(work) })

	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(listener) }()
	say("cli.serve.listening", "address", "http://"+listener.Addr().String()+"/")
	if err := k.tellSetup(ctx, a, address(c, c.Listen), person.Code, say); err != nil && ctx.Err() == nil {
		return err
	}
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	say("cli.serve.stopping")
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if err := srv.Shutdown(end); err != nil {
		log.Warn("requests cut off", "error", err.Error())
	}
	return nil
}

// signNowAndThen keeps the newest checkpoint up with a record that other
// processes may write to, and signs once more at the end.
func (k *keeper) signNowAndThen(ctx context.Context) {
	tick := time.NewTicker(signEvery)
	defer tick.Stop()
	for {
		last := false
		select {
		case <-tick.C:
		case <-ctx.Done():
			last = true
		}
		if err := k.sign(ctx); err != nil {
			k.notSigned(ctx, err)
		}
		if last {
			return
		}
	}
}

// teller says something to the person who started the server: as a sentence, or
// as a line of the log where that is read by a program.
func teller(c config.Config, person *i18n.Printer, log *slog.Logger, stderr io.Writer) func(key string, args ...any) {
	return func(key string, args ...any) {
		if c.LogFormat == "json" {
			log.Info(key, args...)
			return
		}
		fmt.Fprintln(stderr, person.T(key, args...))
	}
}

// cannotListen says what to do about an address that cannot be had.
func cannotListen(address string, err error) error {
	key := "cli.listen"
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		key = "cli.port_in_use"
	case errors.Is(err, fs.ErrPermission):
		key = "cli.port_not_allowed"
	}
	return &civic.Error{Kind: civic.Unavailable, Key: key, Args: map[string]any{"address": address}, Cause: err}
}

// patience puts off the deadline for writing an answer.
func patience(w http.ResponseWriter) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(writeTime)) // a recorder in a test has none
}

// build names the running program for validators of caches: a new program makes new pages.
func build() string {
	name := Version()
	if path, err := os.Executable(); err == nil {
		if info, err := os.Stat(path); err == nil {
			name += fmt.Sprintf("-%d-%d", info.Size(), info.ModTime().UnixNano())
		}
	}
	return name
}
