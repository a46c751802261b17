package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Search returns the Ord of every commitment that holds, for each word, one of
// its variants, ascending. The words come from text.Query; titleOnly leaves
// everything but the titles out. Without words nothing is found.
func (s *Store) Search(ctx context.Context, words [][]string, titleOnly bool) ([]int64, error) {
	clean := make([][]string, 0, len(words))
	for _, variants := range words {
		var kept []string
		for _, v := range variants {
			if searchable(v) {
				kept = append(kept, v)
			}
		}
		if len(kept) == 0 {
			return nil, nil // nothing can hold this word
		}
		clean = append(clean, kept)
	}
	if len(clean) == 0 {
		return nil, nil
	}
	statement, query := s.dialect.searchQuery(clean, titleOnly)
	var found sql.NullString
	if err := s.reader.QueryRowContext(ctx, statement, query).Scan(&found); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, s.friendly("search", err)
	}
	ords, err := numbers(found.String)
	slices.Sort(ords)
	return ords, err
}

// searchable reports whether a token can be indexed and looked for: letters,
// digits and marks in any script, and nothing that means something to a
// database's search language.
func searchable(token string) bool {
	if token == "" || len(token) > 512 {
		return false
	}
	for _, r := range token {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) || r == unicode.ReplacementChar || 'A' <= r && r <= 'Z' {
			return false
		}
	}
	return true
}

// numbers reads whole numbers that blanks separate.
func numbers(s string) ([]int64, error) {
	if s == "" {
		return nil, nil
	}
	out := make([]int64, 0, strings.Count(s, " ")+1)
	for rest, more := s, true; more; {
		var one string
		one, rest, more = strings.Cut(rest, " ")
		n, err := strconv.ParseInt(one, 10, 64)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}
