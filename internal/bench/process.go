package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// usage is what a finished process took.
type usage struct {
	wall time.Duration
	cpu  time.Duration // of all processors, user and system
	peak float64       // MB of memory at most
	out  string
}

// measure runs the program once to its end.
func (b *bench) measure(p place, args ...string) (usage, error) {
	cmd := exec.CommandContext(b.ctx, b.avow, args...)
	cmd.Env = p.environ()
	var out strings.Builder
	cmd.Stdout = &out
	cmd.Stderr = os.Stderr
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return usage{}, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	// The kernel's own count at the end (maxrss) begins with the memory of this
	// process, so the highest so far is read while the program runs.
	var peak float64
	for tick := time.NewTicker(5 * time.Millisecond); ; {
		select {
		case err := <-ended:
			tick.Stop()
			if err != nil {
				return usage{}, fmt.Errorf("avow %s: %w", strings.Join(args, " "), err)
			}
			return usage{wall: time.Since(began), cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), peak: peak, out: out.String()}, nil
		case <-tick.C:
			if mb, err := memory(cmd.Process.Pid, "VmHWM:"); err == nil {
				peak = max(peak, mb)
			}
		}
	}
}

// served is a running site.
type served struct {
	base  string
	start time.Duration // from the start of the process to its first answer
	cmd   *exec.Cmd
}

// serve starts the site on a free port and waits for its first answer.
func (b *bench) serve(p place, name string, args ...string) (*served, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	addr := l.Addr().String()
	if err := l.Close(); err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(b.ctx, b.avow, append(append([]string{"serve", "--listen", addr}, p.at(name)...), args...)...)
	cmd.Env = p.environ()
	cmd.Stdout, cmd.Stderr = io.Discard, io.Discard
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &served{base: "http://" + addr, cmd: cmd}
	ctx, cancel := context.WithTimeout(b.ctx, 2*time.Minute)
	defer cancel()
	for ctx.Err() == nil {
		if res, err := http.Get(s.base + "/healthz"); err == nil {
			res.Body.Close()
			s.start = time.Since(began)
			return s, nil
		}
		time.Sleep(2 * time.Millisecond)
	}
	s.stop()
	return nil, fmt.Errorf("no answer from %s", addr)
}

func (s *served) stop() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	_ = s.cmd.Wait()
}

// memory returns the resident memory of the running site in MB.
func (s *served) memory() (float64, error) { return memory(s.cmd.Process.Pid, "VmRSS:") }

// memory returns a line of a process's memory in MB.
func memory(pid int, name string) (float64, error) {
	f, err := os.Open(filepath.Join("/proc", strconv.Itoa(pid), "status"))
	if err != nil {
		return 0, err
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), name); ok {
			kb, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kb / 1024, err
		}
	}
	return 0, fmt.Errorf("no %s", name)
}

// percentile returns the p-th percentile of the values (0 to 1), nearest rank.
func percentile(values []float64, p float64) float64 {
	s := slices.Clone(values)
	slices.Sort(s)
	return s[min(len(s)-1, int(p*float64(len(s))))]
}

// cpu returns what the running site has used of all processors so far. The kernel
// counts it in hundredths of a second.
func (s *served) cpu() (time.Duration, error) {
	raw, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(s.cmd.Process.Pid), "stat"))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(raw), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, fmt.Errorf("no times in /proc")
	}
	var ticks int64
	for _, f := range fields[11:13] {
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * (time.Second / 100), nil
}
