// Package jobs does what is done by the clock and not because somebody asked:
// mail that waits is sent, old rows are swept. It calls the use cases of app.
//
// It is not for rules: when something is due is decided in app.
//
// Invariants: every task can be done twice without harm, by one process or by
// several at once; a task that fails is tried again, later each time; when the
// program stops, a task that runs is told so and waited for.
package jobs
