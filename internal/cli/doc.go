// Package cli is the command line: it reads arguments and settings, calls a use
// case, and says what happened in the person's language.
//
// It is not for rules or formats, and it builds nothing itself: main hands it
// the constructors of server.
//
// Invariants: results go to stdout and nothing else does; an error is one
// sentence that says what to do; progress is drawn on stderr, and only when that
// is a terminal; the exit code is one of those below; a file given with --out is
// whole or not there.
package cli

// The exit codes of every command.
const (
	ExitDone        = 0   // all done; of an import: every record taken
	ExitFailed      = 1   // nothing done; of an import: nothing taken; of ledger verify: something does not fit
	ExitPart        = 3   // of an import: some records refused or undecided, the rest taken
	ExitInterrupted = 130 // stopped by the person; nothing half-done stays
)
