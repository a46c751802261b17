package jobs

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

// Task is something that is done again and again.
type Task struct {
	Name  string // for the log
	Every time.Duration
	Run   func(context.Context) error
}

// Loop does tasks, each in its own time.
type Loop struct {
	Tasks []Task
	Log   *slog.Logger
}

// longestWait is the longest pause after failures.
const longestWait = time.Hour

// Run does the tasks until the context ends, and returns when the last one has
// stopped. A task that fails waits twice as long each time.
func (l Loop) Run(ctx context.Context) {
	var all sync.WaitGroup
	for _, t := range l.Tasks {
		all.Go(func() { l.repeat(ctx, t) })
	}
	all.Wait()
}

func (l Loop) repeat(ctx context.Context, t Task) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for failures := 0; ; {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		err := t.Run(ctx)
		if err == nil || ctx.Err() != nil {
			failures = 0
		} else {
			failures++
			l.Log.WarnContext(ctx, "task failed", "task", t.Name, "error", err.Error())
		}
		timer.Reset(pause(t.Every, failures))
	}
}

// pause is how long a task rests after so many failures in a row.
func pause(every time.Duration, failures int) time.Duration {
	if failures == 0 {
		return every
	}
	return max(every, min(max(every, time.Second)<<min(failures, 20), longestWait))
}

// Once does every task one time, in their order: what a test asks for instead of
// waiting.
func (l Loop) Once(ctx context.Context) error {
	var all []error
	for _, t := range l.Tasks {
		all = append(all, t.Run(ctx))
	}
	return errors.Join(all...)
}
