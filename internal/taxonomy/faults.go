package taxonomy

import (
	"fmt"

	"avow/internal/civic"
)

// The faults of change sets, as message keys. The messages of an operation have the
// argument place: where it stands in its set, from 1. The others are named beside.
const (
	KeyUnknownOp    = "taxonomy.fault.unknown_op"    // value
	KeyReason       = "taxonomy.fault.reason"        //
	KeyLanguage     = "taxonomy.fault.language"      // value
	KeyLong         = "taxonomy.fault.long"          // count, most
	KeyMany         = "taxonomy.fault.many"          // count, most
	KeyNoName       = "taxonomy.fault.no_name"       //
	KeyBadName      = "taxonomy.fault.bad_name"      // value
	KeyNameTaken    = "taxonomy.fault.name_taken"    // value, tag
	KeyNoDefinition = "taxonomy.fault.no_definition" //
	KeyNoTag        = "taxonomy.fault.no_tag"        //
	KeyUnknownTag   = "taxonomy.fault.unknown_tag"   // value
	KeyTwice        = "taxonomy.fault.twice"         // value
	KeyUnused       = "taxonomy.fault.unused"        // field, op
	KeyUnknownValue = "taxonomy.fault.unknown_value" // value
	KeyDay          = "taxonomy.fault.day"           // value
	KeyDateBefore   = "taxonomy.fault.date_before"   // date, before
	KeyItself       = "taxonomy.fault.itself"        // tag
	KeyCycle        = "taxonomy.fault.cycle"         // tag, other
	KeyMergeCycle   = "taxonomy.fault.merge_cycle"   // tag, other
	KeyRelatedAbove = "taxonomy.fault.related_above" // tag, other
	KeyNothing      = "taxonomy.fault.nothing"       // tag
	KeyNotThere     = "taxonomy.fault.not_there"     // tag, other
	KeyDeprecated   = "taxonomy.fault.deprecated"    // tag
	KeyOneTarget    = "taxonomy.fault.one_target"    //
	KeyTwoParts     = "taxonomy.fault.two_parts"     //
	KeyPlace        = "taxonomy.fault.place"         // set; the place is there twice, or is none
	KeyUnseen       = "taxonomy.fault.unseen"        // field, code: of the character
	KeyNotAsMade    = "taxonomy.fault.not_as_made"   // field

	KeyNoChanges      = "taxonomy.fault.no_changes"      // from here on there is no place: the set as a whole
	KeyManyChanges    = "taxonomy.fault.many_changes"    // count, most
	KeySetDay         = "taxonomy.fault.set_day"         // value
	KeySetLanguage    = "taxonomy.fault.set_language"    // value
	KeySetFar         = "taxonomy.fault.set_far"         // date, most
	KeySetBefore      = "taxonomy.fault.set_before"      // date, set, before
	KeyEditionBefore  = "taxonomy.fault.edition_before"  // date, before
	KeySetReserved    = "taxonomy.fault.set_reserved"    // set
	KeySetLong        = "taxonomy.fault.set_long"        // field, count, most
	KeySetUnseen      = "taxonomy.fault.set_unseen"      // field, code: of the character
	KeyWhy            = "taxonomy.fault.why"             //
	KeySetName        = "taxonomy.fault.set_name"        // value
	KeySetInForce     = "taxonomy.fault.set_in_force"    // set
	KeySetUnknown     = "taxonomy.fault.set_unknown"     // set
	KeySetUndone      = "taxonomy.fault.set_undone"      // set
	KeyRestsOn        = "taxonomy.fault.rests_on"        // set, other, place
	KeyReturnFirst    = "taxonomy.fault.return_first"    // set, other: another set that is undone
	KeyInTheWay       = "taxonomy.fault.in_the_way"      // set, other: another set that is in force
	KeyNoReturn       = "taxonomy.fault.no_return"       // set, other, place: an operation that could not stand
	KeyNoSetting      = "taxonomy.fault.no_setting"      // value
	KeySettingValue   = "taxonomy.fault.setting_value"   // value, setting, values
	KeyUnknownVersion = "taxonomy.fault.unknown_version" // value
	KeyVersionOrder   = "taxonomy.fault.version_order"   // value, next
	KeyIncomplete     = "taxonomy.fault.incomplete"      // set, count, wanted
)

// faults collects what is wrong with the operation at a place.
type faults struct {
	found civic.Errors
	place int
}

// add notes a fault of a field of the operation; "" is the operation as a whole.
func (f *faults) add(field, key string, args ...any) {
	at := fmt.Sprintf("changes.%d", f.place)
	if field != "" {
		at += "." + field
	}
	f.found.Add(at, key, append(args, "place", f.place)...)
}

// refused is the error of a set as a whole.
func refused(kind civic.ErrorKind, key string, args ...any) *civic.Error {
	var e civic.Errors
	e.Add("", key, args...)
	e[0].Kind = kind
	return e[0]
}
