package civic

// Channel is the way on which a contribution came. All count alike.
type Channel string

const (
	Web      Channel = "web"
	Paper    Channel = "paper"
	Phone    Channel = "phone"
	InPerson Channel = "in_person" // through a facilitator who met the person
	SMS      Channel = "sms"
	Email    Channel = "email"
)

// Channels lists them all.
var Channels = []Channel{Web, Paper, Phone, InPerson, SMS, Email}

// Offline reports whether somebody else writes the contribution down.
func (c Channel) Offline() bool { return c != Web }

// Way is how a contribution came in. For what came off line: who wrote it down,
// where, and that the person agreed.
type Way struct {
	Channel     Channel `json:"channel"`
	Facilitator Actor   `json:"facilitator,omitempty"`
	Place       string  `json:"place,omitempty"`   // "market of Otavalo", never an address of a person
	Consent     bool    `json:"consent,omitempty"` // the person agreed that it is written down and published
}
