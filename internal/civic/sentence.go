package civic

// Said is a sentence that no language has been chosen for: a message key of the
// catalogues and what to fill into it. An argument is a text of ours, a number, another Said, a
// Text in the languages of its writer, or one of the types below.
type Said struct {
	Key  string
	Args map[string]any
}

// What a sentence may speak of, beside texts and numbers.
type (
	// Day is a civil date as exact as it is known: YYYY, YYYY-MM or YYYY-MM-DD.
	Day string
	// Word is a word of the catalogues, or Else where they do not have it; several are a list.
	Word struct{ Key, Else string }
	// Country is a member by the table's code and OGP's name for it.
	Country struct{ Code, Name string }
	// Field is a field of a subject as history names it ("milestone.2.due").
	Field string
	// FieldValue is a canonical value of a field.
	FieldValue struct{ Field, Value string }
)
