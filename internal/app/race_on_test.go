//go:build race

package app

// underRace tells tests that import whole tables once more, in one goroutine,
// that the race detector would make them take minutes and has nothing to find.
const underRace = true
