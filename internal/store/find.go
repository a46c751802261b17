package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"avow/internal/civic"
)

// FindCommitment returns the ID of the commitment with this OGP ID, in any case,
// or with this ID of ours; else a *civic.Error of kind NotFound.
func (s *Store) FindCommitment(ctx context.Context, ref string) (civic.CommitmentID, error) {
	query, arg := "SELECT id FROM subject WHERE id = $1 AND kind = 'commitment'", key(ref)
	if ogp, ok := civic.ParseOGPID(ref); ok {
		query, arg = "SELECT s.id FROM commitment c JOIN subject s ON s.ord = c.ord WHERE c.ogp_id = $1 AND c.ogp_id <> ''", ogp
	}
	id, err := s.find(ctx, civic.KindCommitment, ref, query, arg)
	return civic.CommitmentID(id), err
}

// FindMember returns the ID of the member with this ID, code or slug, in any
// case; else a *civic.Error of kind NotFound. A code goes before a slug.
func (s *Store) FindMember(ctx context.Context, ref string) (civic.MemberID, error) {
	id, err := s.find(ctx, civic.KindMember, ref, firstOf("member", "code_key", "slug_key"), key(ref))
	return civic.MemberID(id), err
}

// FindPlan returns the ID of the plan with this ID, slug or source's ID, in any
// case; else a *civic.Error of kind NotFound. A slug goes before a source's ID,
// and of several plans with the same source's ID the oldest is meant.
func (s *Store) FindPlan(ctx context.Context, ref string) (civic.PlanID, error) {
	id, err := s.find(ctx, civic.KindPlan, ref, firstOf("plan", "slug_key", "source_key"), key(ref))
	return civic.PlanID(id), err
}

// firstOf finds a subject of a kind by one key, else by the other or by its ID, the
// oldest first. Three lookups in three indexes: with OR both databases read every row.
func firstOf(kind, first, second string) string {
	by := func(key, rank string) string {
		return "SELECT s.id AS id, " + rank + " AS place, s.ord AS ord FROM " + kind + " k JOIN subject s ON s.ord = k.ord WHERE k." + key + " = $1 AND k." + key + " <> ''"
	}
	return "SELECT id FROM (" + by(first, "0") + " UNION ALL " + by(second, "1") +
		" UNION ALL SELECT s.id, 1, s.ord FROM subject s WHERE s.id = $1 AND s.kind = '" + kind + "') AS found ORDER BY place, ord LIMIT 1"
}

// key folds a reference. An empty one finds nothing, and neither does one that
// no database could hold.
func key(ref string) string {
	ref = strings.ToLower(strings.TrimSpace(ref))
	if ref == "" || strings.ContainsRune(ref, 0) {
		return "\x01"
	}
	return strings.ToValidUTF8(ref, "\x01")
}

func (s *Store) find(ctx context.Context, kind civic.Kind, ref, query, arg string) (id string, err error) {
	err = s.reader.QueryRowContext(ctx, query, arg).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", notFound(kind, ref)
	}
	return id, s.friendly("find "+string(kind)+" "+ref, err)
}

// CommitmentsOfPlans returns the commitments that stand in one of the plans, in
// the order of their creation.
func (s *Store) CommitmentsOfPlans(ctx context.Context, plans []civic.PlanID) ([]civic.CommitmentID, error) {
	texts := make([]string, len(plans))
	for i, p := range plans {
		texts[i] = string(p)
	}
	var out []civic.CommitmentID
	err := s.eachPair(ctx, func(id, _ string) { out = append(out, civic.CommitmentID(id)) },
		"SELECT s.id, '' FROM subject s WHERE s.ord IN (SELECT p.ord FROM commitment_plan p WHERE p.plan_id IN "+s.dialect.in("$1")+") ORDER BY s.ord",
		jsonList(texts))
	return out, s.friendly("read the commitments of plans", err)
}

// IDsByOGP returns our IDs of the commitments with these OGP IDs, as far as they exist.
func (s *Store) IDsByOGP(ctx context.Context, ogpIDs []string) (map[string]civic.CommitmentID, error) {
	out := make(map[string]civic.CommitmentID, len(ogpIDs))
	err := s.eachPair(ctx, func(id, ogp string) { out[ogp] = civic.CommitmentID(id) },
		"SELECT s.id, c.ogp_id FROM commitment c JOIN subject s ON s.ord = c.ord WHERE c.ogp_id <> '' AND c.ogp_id IN "+s.dialect.in("$1"), jsonList(ogpIDs))
	return out, s.friendly("read commitments by OGP ID", err)
}

// eachPair runs fn on the two texts of each row.
func (s *Store) eachPair(ctx context.Context, fn func(a, b string), query string, args ...any) error {
	rows, err := s.reader.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var a, b string
		if err := rows.Scan(&a, &b); err != nil {
			return err
		}
		fn(a, b)
	}
	return rows.Err()
}

// FindOnce returns the ID of the subject of a kind that exists once for a key
// (see civic.Keyed); else a *civic.Error of kind NotFound.
func (s *Store) FindOnce(ctx context.Context, kind civic.Kind, once string) (string, error) {
	t := map[civic.Kind]*table{civic.KindReport: reportTable, civic.KindForum: forumTable}[kind]
	if t == nil || once == "" {
		return "", notFound(kind, once)
	}
	return s.find(ctx, kind, once, "SELECT s.id FROM "+t.name+" t JOIN subject s ON s.ord = t.ord WHERE t.once = $1 AND t.once <> ''", once)
}
