package pages

// Kept is what a person sent that could not be taken, so that nothing is lost.
type Kept struct {
	Texts  []KeptText
	Rest   [][2]string // short fields, sent along: name and value
	Action string      // where it can be sent again; "" when that is of no use
	SignIn string      // where to sign in first, "" when that is not what is missing
	Prove  string      // where to give the second factor
	Form   string      // the page with the form
	Cut    bool        // some of it was too much to be kept
	Files  bool        // files were sent, which are not kept
}

// KeptText is one long field.
type KeptText struct{ ID, Name, Label, Value string }
