package store

import (
	"context"
	"strconv"
	"strings"

	"avow/internal/civic"
)

// Told is a version with the one before it: what changed is their difference.
type Told struct {
	Version
	Former []byte // body of the version before, nil when there was none or it was erased
}

// Stories are the entries of a subject and of everything that belongs to it: the
// commitments of a plan, the reports on a commitment, the plans of a member. also
// names further subjects by ID. They come newest first, below an entry, at most limit.
func (s *Store) Stories(ctx context.Context, kind civic.Kind, id string, also []string, below int64, limit int) ([]Told, error) {
	whose := "SELECT ord FROM subject WHERE id = $1 UNION SELECT ord FROM belonging WHERE target = $1" +
		" UNION SELECT ord FROM subject WHERE id IN " + s.dialect.in("$2")
	switch kind {
	case civic.KindPlan:
		whose += " UNION SELECT ord FROM commitment_plan WHERE plan_id = $1"
	case civic.KindMember:
		whose += " UNION SELECT ord FROM plan WHERE member_id = $1 UNION SELECT ord FROM commitment WHERE member_id = $1"
	}
	return s.told(ctx, "tell the story of "+string(kind)+" "+id, "v.entry IN (SELECT entry FROM version WHERE ord IN ("+whose+
		") AND entry < $3 ORDER BY entry DESC LIMIT $4) ORDER BY v.entry DESC", id, jsonList(also), below, limit)
}

// StoriesOf are the entries of what belongs to a target in a role, and of further
// entries by their numbers. They come newest first, below an entry, at most limit.
func (s *Store) StoriesOf(ctx context.Context, role, target string, also []int64, below int64, limit int) ([]Told, error) {
	which := "ord IN (SELECT ord FROM belonging WHERE role = $1 AND target = $2)"
	if len(also) > 0 {
		numbers := make([]string, len(also))
		for i, n := range also {
			numbers[i] = strconv.FormatInt(n, 10)
		}
		which += " OR entry IN (" + strings.Join(numbers, ", ") + ")"
	}
	return s.told(ctx, "tell the story of "+role+" "+target, "v.entry IN (SELECT entry FROM version WHERE ("+which+
		") AND entry < $3 ORDER BY entry DESC LIMIT $4) ORDER BY v.entry DESC", role, target, below, limit)
}

// Latest are the entries of the whole record below one, newest first, at most limit.
func (s *Store) Latest(ctx context.Context, below int64, limit int) ([]Told, error) {
	return s.told(ctx, "read what changed last", "v.entry < $1 ORDER BY v.entry DESC LIMIT $2", below, limit)
}

// Since are the entries of the whole record from one on, oldest first, at most limit.
func (s *Store) Since(ctx context.Context, from int64, limit int) ([]Told, error) {
	return s.told(ctx, "read what changed since", "v.entry >= $1 ORDER BY v.entry LIMIT $2", from, limit)
}

func (s *Store) told(ctx context.Context, doing, where string, args ...any) ([]Told, error) {
	rows, err := s.reader.QueryContext(ctx, "SELECT "+versionColumns+", p.body FROM version v JOIN ledger_entry l ON l.idx = v.entry"+
		" LEFT JOIN version p ON p.ord = v.ord AND p.number = v.number - 1 WHERE "+where, args...)
	if err != nil {
		return nil, s.friendly(doing, err)
	}
	defer rows.Close()
	var out []Told
	for rows.Next() {
		var t Told
		t.Version, err = scanVersion(withFormer{rows, &t.Former})
		if err != nil {
			return nil, s.friendly(doing, err)
		}
		out = append(out, t)
	}
	return out, s.friendly(doing, rows.Err())
}

// withFormer reads one column more than a version has.
type withFormer struct {
	rows   interface{ Scan(...any) error }
	former *[]byte
}

func (w withFormer) Scan(into ...any) error { return w.rows.Scan(append(into, w.former)...) }
