// Package crashtest kills the built program in the middle of writing and looks
// whether anything acknowledged is lost. It is for tests only.
package crashtest
