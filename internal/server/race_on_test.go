//go:build race

package server

// underRace tells the tests of whole tables, in one goroutine, that the race
// detector would make them take minutes and has nothing to find.
const underRace = true
