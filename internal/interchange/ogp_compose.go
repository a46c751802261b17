package interchange

import (
	"slices"
	"strconv"
	"strings"

	"avow/internal/civic"
)

// Compose makes the cells of an edition's row out of the commitment's own fields
// alone. Columns that belong to other subjects (member, plan), contacts and the
// source's derived columns stay empty.
func Compose(ed civic.Edition, c civic.Commitment) []string {
	e := editions()[ed]
	if e == nil {
		return nil
	}
	ratings := map[string]civic.Rating{}
	years := map[civic.Product]string{}
	for _, a := range c.Assessments {
		if a.Edition != ed {
			continue
		}
		if a.Year > 0 {
			years[a.Product] = strconv.Itoa(a.Year)
		} else if a.NoYear != nil {
			years[a.Product] = a.NoYear.Code
		}
		for _, r := range a.Ratings {
			ratings[string(a.Product)+"/"+r.Variable] = r
		}
	}
	tags := tagCells(ed, c)
	row := make([]string, len(e.columns))
	for i, col := range e.columns {
		switch col.kind {
		case kindID:
			row[i] = c.OGPID
		case kindTheme:
			row[i] = c.Theme.String()
		case kindTitle:
			row[i] = c.Title.String()
		case kindShort:
			row[i] = c.Short.String()
		case kindText:
			row[i] = c.Text.String()
		case kindStart:
			row[i] = dateCell(ed, c.Start)
		case kindEnd:
			row[i] = dateCell(ed, c.End)
		case kindSubmitted:
			if c.Submitted > 0 {
				row[i] = strconv.Itoa(c.Submitted)
			}
		case kindURL:
			row[i] = c.URL
		case kindLead:
			row[i] = partsCell(c.Parts, civic.Lead)
		case kindSupport:
			row[i] = partsCell(c.Parts, civic.Supporting)
		case kindTag:
			row[i] = tags(col.key)
		case kindYear:
			row[i] = years[col.product]
		case kindLabel, kindCoded, kindFlag:
			if r, ok := ratings[string(col.product)+"/"+col.variable]; ok {
				row[i] = ratingCell(ed, col, r)
			}
		}
	}
	return row
}

// tagCells returns what an edition's row says of a tag.
func tagCells(ed civic.Edition, c civic.Commitment) func(key string) string {
	for _, t := range c.Tags {
		if t.Edition != ed {
			continue
		}
		said := map[string]string{}
		for _, name := range t.Yes {
			said[name] = "1"
		}
		for _, u := range t.Unknown {
			said[u.Name] = u.Missing.Code
		}
		return func(key string) string {
			if s, ok := said[key]; ok {
				return s
			}
			return "0"
		}
	}
	return func(string) string { return "" }
}

func partsCell(parts []civic.Part, role civic.Role) string {
	var names []string
	for _, p := range parts {
		switch {
		case p.Role != role:
		case p.Missing != nil:
			names = append(names, p.Missing.Code)
		default:
			names = append(names, p.Name)
		}
	}
	return strings.Join(names, "; ")
}

// ratingCell is the label or the code of a rating. A Label or Coded that the
// source gave speaks for itself.
func ratingCell(ed civic.Edition, col column, r civic.Rating) string {
	if col.kind == kindCoded {
		switch {
		case r.Coded != nil:
			return *r.Coded
		case r.Value != "":
			return ofValue(ed, col.scale, r.Value).code
		case r.Missing != nil && strings.EqualFold(r.Missing.Code, "Not Applicable"):
			return notApplicableCode
		}
	}
	switch {
	case col.kind != kindCoded && r.Label != "":
		return r.Label
	case r.Value == "" && r.Missing != nil:
		return r.Missing.Code
	case col.kind == kindFlag && r.Value == "yes":
		return "1"
	case col.kind == kindFlag && r.Value == "no":
		return "0"
	case r.Value != "":
		return ofValue(ed, col.scale, r.Value).label
	}
	return ""
}

// FullRow is the row of an edition as its source has it: Compose overlaid with
// the cells of the commitment's Source, contact columns blank. It is nil when ed
// is not one of OGP's editions.
func FullRow(ed civic.Edition, c civic.Commitment) []string {
	row := Compose(ed, c)
	if row == nil {
		return nil
	}
	e := editions()[ed]
	for _, s := range c.Sources {
		if s.Edition != ed {
			continue
		}
		for _, cell := range s.Cells {
			if i, ok := e.places[cell.Column]; ok && e.columns[i].kind != kindContact {
				row[i] = cell.Value
			}
		}
	}
	return row
}

// Pack compares row (as wide as the edition) with Compose and returns the
// commitment's Source of this edition with the cells that the fields alone would
// not give back. Row, Key and cells of columns that the edition does not have are
// kept from the Source that c holds already.
func Pack(ed civic.Edition, c civic.Commitment, row []string) civic.Source {
	e := editions()[ed]
	packed := civic.Source{Edition: ed}
	if e == nil {
		e = &edition{} // not one of OGP's: everything that its Source holds is kept
	}
	composed := Compose(ed, c)
	for i := range composed {
		if e.columns[i].kind != kindContact && i < len(row) && row[i] != composed[i] {
			packed.Cells = append(packed.Cells, civic.Cell{Column: e.columns[i].key, Value: row[i]})
		}
	}
	for _, s := range c.Sources {
		if s.Edition != ed {
			continue
		}
		packed.Row, packed.Key = s.Row, s.Key
		for _, cell := range s.Cells {
			if _, ours := e.places[cell.Column]; !ours {
				packed.Cells = append(packed.Cells, cell)
			}
		}
	}
	return packed
}

// Repack returns after with the overrides of OGP's editions recomputed, so that a
// change of fields that all editions share (title, text, dates, institutions…)
// leaves the rows of older editions as before had them; the row of the newest
// edition follows the change, and so does every edition's row where its own
// ratings and tags changed. Editions that before does not hold are left alone.
func Repack(before, after civic.Commitment) civic.Commitment {
	newest := civic.Edition("")
	for _, ed := range Editions() {
		if slices.ContainsFunc(after.Sources, func(s civic.Source) bool { return s.Edition == ed }) {
			newest = ed
		}
	}
	sources := slices.Clone(after.Sources)
	for i, s := range sources {
		e := editions()[s.Edition]
		if e == nil || !slices.ContainsFunc(before.Sources, func(b civic.Source) bool { return b.Edition == s.Edition }) {
			continue
		}
		row := FullRow(s.Edition, before)
		was, is := Compose(s.Edition, before), Compose(s.Edition, after)
		for k, col := range e.columns {
			if was[k] != is[k] && (col.rated() || s.Edition == newest) {
				row[k] = is[k]
			}
		}
		sources[i] = Pack(s.Edition, after, row)
	}
	after.Sources = sources
	return after
}

// WriteOGP writes the header lines of an edition and a row for each commitment
// that has a Source of it, in the order in which they come. It does not close w.
func WriteOGP(ed civic.Edition, w TableWriter, each func(yield func(civic.Commitment) error) error) error {
	for _, line := range HeaderRows(ed) {
		if err := w.WriteRow(line); err != nil {
			return err
		}
	}
	return each(func(c civic.Commitment) error {
		if !slices.ContainsFunc(c.Sources, func(s civic.Source) bool { return s.Edition == ed }) {
			return nil
		}
		return w.WriteRow(FullRow(ed, c))
	})
}
