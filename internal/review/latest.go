package review

import "avow/internal/civic"

// LatestCompletion returns the completion of the latest assessment: a value of
// a completion scale, or the kind in which it is missing ("" and NotMissing when
// the commitment was never assessed at all). Of the newest edition that speaks of
// completion it is that of the product after the plan's end when it holds a value,
// else that of the product before, else why the former is missing. Ratings of a
// cluster or of a part are not the commitment's own and do not count.
func LatestCompletion(c civic.Commitment) (value string, missing civic.MissingKind) {
	newest := civic.Edition("")
	for _, a := range c.Assessments {
		if _, ok := completionOf(a); ok && newerEdition(c, a.Edition, newest) {
			newest = a.Edition
		}
	}
	final := false
	for _, a := range c.Assessments {
		r, ok := completionOf(a)
		if !ok || a.Edition != newest {
			continue
		}
		switch {
		case r.Value != "" && (value == "" || Final(a.Product) && !final):
			value, final, missing = r.Value, Final(a.Product), civic.NotMissing
		case r.Value == "" && value == "" && r.Missing != nil && (missing == civic.NotMissing || Final(a.Product)):
			missing = r.Missing.Kind
		}
	}
	return value, missing
}

func completionOf(a civic.Assessment) (civic.Rating, bool) {
	if a.Unit != "" {
		return civic.Rating{}, false
	}
	for _, r := range a.Ratings {
		if r.Variable == "completion" {
			return r, true
		}
	}
	return civic.Rating{}, false
}

// newerEdition compares by the order of the commitment's sources; an edition
// without a source counts as newer than none.
func newerEdition(c civic.Commitment, a, b civic.Edition) bool {
	if b == "" {
		return true
	}
	place := func(e civic.Edition) int {
		for i, s := range c.Sources {
			if s.Edition == e {
				return i
			}
		}
		return -1
	}
	return place(a) > place(b)
}
