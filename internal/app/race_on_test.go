//go:build race

package app

// underRace tells whether the race detector runs, which would make one goroutine read
// whole tables for minutes and has nothing to find there.
const underRace = true
