package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"

	"avow/internal/civic"

	"github.com/jackc/pgx/v5/pgconn"
	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"
)

// Message keys of what can go wrong with a database in a way that a person can
// mend. Their argument is "Place": the file, or host and database.
const (
	KeyReadOnlyDirectory = "store.read_only_directory" // the file or its folder cannot be written
	KeyDiskFull          = "store.disk_full"
	KeyDiskError         = "store.disk_error"
	KeyNewerVersion      = "store.newer_version" // a newer program wrote this database
	KeyOlderVersion      = "store.older_version" // opened for reading, but needs to be brought up to date first
	KeyLocked            = "store.locked"        // another write is going on: try again
	KeyUnreachable       = "store.unreachable"
	KeyAccessDenied      = "store.access_denied"
	KeyNotADatabase      = "store.not_a_database" // the file is something else
	KeyNoDatabase        = "store.no_database"    // nothing is there yet
	KeyDamaged           = "store.damaged"
	KeyBadAddress        = "store.bad_address" // AVOW_DATABASE_URL cannot be read
	KeyReadOnly          = "store.read_only"   // opened for reading

	KeyTaken   = "store.taken"    // kind Conflict; Field is "ogp_id", "slug", "code" or "id"
	KeyNUL     = "store.nul"      // kind Invalid: a NUL character in a text
	KeyNotUTF8 = "store.not_utf8" // kind Invalid: a text is no valid UTF-8

	KeyNoMember       = "member.not_found"      // kind NotFound; argument "Ref"
	KeyNoInstitution  = "institution.not_found" // the same
	KeyNoPlan         = "plan.not_found"
	KeyNoCommitment   = "commitment.not_found"
	KeyNoEntry        = "entry.not_found"
	KeyNoFile         = "file.not_found"
	KeyNoDocument     = "document.not_found"
	KeyNoMeeting      = "meeting.not_found"
	KeyNoReport       = "report.not_found"
	KeyNoPeriod       = "period.not_found"    // of a plan
	KeyNoMilestone    = "milestone.not_found" // of a commitment
	KeyNoStep         = "step.not_found"
	KeyNoForum        = "forum.not_found"
	KeyNoContribution = "contribution.not_found"
	KeyNoStudy        = "study.not_found"
	KeyNoCoding       = "coding.not_found"

	KeyRolledBack = "record.rolled_back" // the record is smaller than the checkpoint; arguments "Size", "Checkpoint"
	KeyForked     = "record.forked"      // the record differs from the checkpoint
	KeyOtherLog   = "record.other_origin"
)

// Keys lists every message key that this package gives to people, Verify's included.
var Keys = append([]string{
	KeyReadOnlyDirectory, KeyDiskFull, KeyDiskError, KeyNewerVersion, KeyOlderVersion, KeyLocked, KeyUnreachable, KeyAccessDenied,
	KeyNotADatabase, KeyNoDatabase, KeyDamaged, KeyBadAddress, KeyReadOnly, KeyTaken, KeyNUL, KeyNotUTF8, KeyNoMember, KeyNoInstitution,
	KeyNoPlan, KeyNoCommitment, KeyNoEntry, KeyNoFile, KeyNoDocument, KeyNoMeeting, KeyNoStep, KeyNoForum, KeyNoContribution, KeyNoReport, KeyNoPeriod, KeyNoMilestone,
	KeyNoStudy, KeyNoCoding,
	KeyRolledBack, KeyForked, KeyOtherLog,
}, problemKeys...)

// unavailable is a failure that somebody has to mend outside of the program.
func (s *Store) unavailable(key string, cause error) error {
	return &civic.Error{Kind: civic.Unavailable, Key: key, Args: map[string]any{"Place": s.place}, Cause: cause}
}

// notFound says that there is no subject of this kind under this name.
func notFound(kind civic.Kind, ref string) error {
	return &civic.Error{Kind: civic.NotFound, Key: string(kind) + ".not_found", Args: map[string]any{"Ref": ref}}
}

// friendly turns a database's error into one that says what can be done. Errors
// that are one already, that come from the caller's context, or that nobody can
// mend, stay what they are.
func (s *Store) friendly(doing string, err error) error {
	if err == nil {
		return nil
	}
	var known *civic.Error
	if errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if key := sqliteKey(err); key != "" {
		return s.unavailable(key, err)
	}
	if key := postgresKey(err); key != "" {
		return s.unavailable(key, err)
	}
	if field := takenField(err); field != "" {
		return &civic.Error{Kind: civic.Conflict, Key: KeyTaken, Field: field, Cause: err}
	}
	return fmt.Errorf("%s: %w", doing, err)
}

func sqliteKey(err error) string {
	var e *driver.Error
	if !errors.As(err, &e) {
		return ""
	}
	switch e.Code() & 0xff {
	case codes.SQLITE_FULL:
		return KeyDiskFull
	case codes.SQLITE_READONLY, codes.SQLITE_CANTOPEN, codes.SQLITE_PERM:
		return KeyReadOnlyDirectory
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED:
		return KeyLocked
	case codes.SQLITE_NOTADB:
		return KeyNotADatabase
	case codes.SQLITE_CORRUPT:
		return KeyDamaged
	case codes.SQLITE_IOERR:
		if errors.Is(err, syscall.ENOSPC) {
			return KeyDiskFull
		}
		return KeyDiskError
	}
	return ""
}

func postgresKey(err error) string {
	var connecting *pgconn.ConnectError
	var e *pgconn.PgError
	if errors.As(err, &e) {
		switch class := e.Code[:min(2, len(e.Code))]; {
		case e.Code == "53100":
			return KeyDiskFull
		case e.Code == "55P03" || class == "40":
			return KeyLocked
		case e.Code == "25006":
			return KeyReadOnly
		case class == "28" || e.Code == "42501":
			return KeyAccessDenied
		case e.Code == "3D000":
			return KeyNoDatabase
		case class == "53" || class == "57" || class == "08":
			return KeyUnreachable
		}
		return ""
	}
	if errors.As(err, &connecting) || errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.ECONNRESET) {
		return KeyUnreachable
	}
	return ""
}

// taken says which field a unique index guards.
var taken = map[string]string{
	"subject_id": "id", "subject.id": "id",
	"member_slug": "slug", "member.slug_key": "slug",
	"member_code": "code", "member.code_key": "code",
	"plan_slug": "slug", "plan.slug_key": "slug",
	"commitment_ogp_id": "ogp_id", "commitment.ogp_id": "ogp_id",
	"report.once": "period", "report_once": "period",
	"forum.once": "member", "forum_once": "member",
}

func takenField(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "23505" {
		return taken[pg.ConstraintName]
	}
	var lite *driver.Error
	if errors.As(err, &lite) && lite.Code() == codes.SQLITE_CONSTRAINT_UNIQUE {
		_, where, _ := strings.Cut(lite.Error(), "UNIQUE constraint failed: ")
		where, _, _ = strings.Cut(where, " ")
		return taken[where]
	}
	return ""
}
