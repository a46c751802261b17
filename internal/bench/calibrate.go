package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"
)

// calibrate times a fixed piece of work on one processor, so that lines of two
// machines, or of a quiet and a busy one, can be told apart.
func (b *bench) calibrate() error {
	var walls, cpus []float64
	for range runs {
		numbers := make([]uint64, 2_000_000)
		r := rand.New(rand.NewPCG(3, 5))
		for i := range numbers {
			numbers[i] = r.Uint64()
		}
		began, before := time.Now(), processorTime()
		slices.Sort(numbers)
		walls = append(walls, float64(time.Since(began).Microseconds())/1000)
		cpus = append(cpus, (processorTime()-before).Seconds()*1000)
	}
	fmt.Printf("calibration %.4g ms measured (cpu %.4g ms, load %s)\n", percentile(walls, 0.5), percentile(cpus, 0.5), load())
	return nil
}

// processorTime is what this process has used so far.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// load returns the machine's load of the last minute, "unknown" where it cannot be read.
func load() string {
	raw, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	first, _, _ := strings.Cut(string(raw), " ")
	return first
}
