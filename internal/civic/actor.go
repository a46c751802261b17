package civic

// Actor is who changes something. Until accounts exist it is the person who
// runs the program on the machine.
type Actor string

// LocalOperator is the person at the command line.
const LocalOperator Actor = "local-operator"

// Permission names what an actor wants to do.
type Permission string

const (
	MayImport  Permission = "import"
	MayCorrect Permission = "correct"
)

// May reports whether the actor has the permission: the local operator has all,
// nobody else has any.
func (a Actor) May(Permission) bool { return a == LocalOperator }
