package store

import (
	"context"
	"database/sql"

	"avow/internal/civic"
)

// FacetRow is what lists, filters and counts need of a commitment. Every value
// is derived from the commitment alone.
type FacetRow struct {
	ID         civic.CommitmentID
	Ord        int64 // entry of the first version: order of creation, and what Search returns
	Entry      int64 // entry of the newest version
	OGPID      string
	Member     civic.MemberID
	Plans      []civic.PlanID
	Numbers    []string // the commitment's number in the plan of the same index, "" when it has none
	Year       int      // of submission, 0 when not known
	Completion string   // value of the latest assessment, or its kind of missing
	Lang       string   // BCP 47, of the original text
	Title      string   // original
	TitleKey   string   // folded, for sorting
	Tags       []string // slugs of the tags that count, "+" and "-" before what a person decided; "@", "@ROLE", "~STRAND", "#FACET" of an answer; sorted
	Milestones int      // indicators below them not counted
	Demo       bool
	Proposed   bool // published for consultation: on its plan's page alone
}

const facetColumns = `s.id, c.ord, s.entry, c.ogp_id, c.member_id, c.plans, c.numbers, c.year, c.completion, c.lang, c.title, c.title_key,
	c.tags, c.milestones, c.demo, c.proposed`

// Facets streams the commitments with an entry above since (-1: all), in the
// order of Entry. It shows one state of the record and holds a connection: fn
// should leave the store alone.
func (s *Store) Facets(ctx context.Context, since int64, fn func(FacetRow) error) error {
	query := "SELECT " + facetColumns + ` FROM version v JOIN subject s ON s.ord = v.ord AND s.entry = v.entry
		JOIN commitment c ON c.ord = s.ord WHERE v.entry > $1 ORDER BY v.entry`
	if since < 0 {
		query = "SELECT " + facetColumns + " FROM commitment c JOIN subject s ON s.ord = c.ord WHERE s.entry > $1 ORDER BY s.entry"
	}
	return s.stream("read the facets", func(callback *error) error {
		rows, err := s.reader.QueryContext(ctx, query, since)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			f, err := scanFacet(rows)
			if err != nil {
				return err
			}
			if *callback = fn(f); *callback != nil {
				return *callback
			}
		}
		return rows.Err()
	})
}

func scanFacet(rows *sql.Rows) (FacetRow, error) {
	var f FacetRow
	var plans, numbers, tags string
	var demo, proposed int64
	err := rows.Scan(&f.ID, &f.Ord, &f.Entry, &f.OGPID, &f.Member, &plans, &numbers, &f.Year, &f.Completion, &f.Lang, &f.Title, &f.TitleKey,
		&tags, &f.Milestones, &demo, &proposed)
	if err != nil {
		return FacetRow{}, err
	}
	f.Demo, f.Proposed = demo != 0, proposed != 0
	f.Tags = unlines(tags)
	for _, p := range unlines(plans) {
		f.Plans = append(f.Plans, civic.PlanID(p))
	}
	if f.Numbers = unlines(numbers); len(f.Numbers) != len(f.Plans) {
		// One plan and an empty number: lines cannot tell it from no number at all.
		f.Numbers = make([]string, len(f.Plans))
	}
	return f, nil
}
