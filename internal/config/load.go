package config

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// Flag is a setting given at the command line; Name is as in the file.
type Flag struct{ Name, Value string }

// maxFile bounds the configuration file, in bytes.
const maxFile = 64 << 10

// Load reads the settings: flags over environ (KEY=VALUE lines) over the file
// over the defaults. file is the path given with --config, "" when none was; a
// file that was asked for must exist. All errors that a person can mend are *Problem.
func Load(flags []Flag, environ []string, file string) (Config, error) {
	env, err := fromEnviron(environ)
	if err != nil {
		return Config{}, err
	}
	// The directory decides where the file is looked for, so it is settled first.
	var place Config
	for _, s := range append(env.settings, flags...) {
		if s.Name == "data" {
			place.Data = s.Value
		}
	}
	place.Defaults()
	asked := file != ""
	if !asked && env.file != "" {
		file, asked = env.file, true
	}
	if !asked {
		file = filepath.Join(place.Data, fileSuffix)
	}
	var c Config
	text, err := readFile(file)
	switch {
	case err == nil:
		if err := c.parse(text, filepath.Base(file)); err != nil {
			return Config{}, err
		}
	case errors.Is(err, fs.ErrNotExist) && !asked, errors.Is(err, errNotDir) && !asked:
	default:
		return Config{}, &Problem{Key: "config.file", Args: map[string]any{"file": file, "cause": cause(err)}}
	}
	for _, s := range env.settings {
		if err := c.Set(s.Name, s.Value, Variable(s.Name)); err != nil {
			return Config{}, err
		}
	}
	for _, s := range flags {
		if err := c.Set(s.Name, s.Value, "--"+strings.ReplaceAll(s.Name, "_", "-")); err != nil {
			return Config{}, err
		}
	}
	c.Defaults()
	return c, nil
}

type environment struct {
	settings []Flag
	file     string
}

func fromEnviron(environ []string) (environment, error) {
	var e environment
	for _, line := range environ {
		key, value, _ := strings.Cut(line, "=")
		if !strings.HasPrefix(key, prefix) || strings.HasPrefix(key, testPrefix) {
			continue
		}
		if key == ConfigFileVariable {
			e.file = value
			continue
		}
		name := strings.ToLower(strings.TrimPrefix(key, prefix))
		if Variable(name) != key {
			name = "" // AVOW_Listen is not AVOW_LISTEN
		}
		if err := new(Config).Set(name, value, key); err != nil {
			return environment{}, err
		}
		e.settings = append(e.settings, Flag{name, value})
	}
	return e, nil
}

var errNotDir = errors.New("not a directory")

func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		if dir, derr := os.Stat(filepath.Dir(path)); derr == nil && !dir.IsDir() {
			return nil, errNotDir
		}
		return nil, err
	}
	if info.Size() > maxFile {
		return nil, fmt.Errorf("larger than %d bytes", maxFile)
	}
	return os.ReadFile(path)
}

func cause(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// parse reads lines "name = value"; empty lines and lines that begin with # say
// nothing. A value may stand in double quotes. A name may occur once.
func (c *Config) parse(text []byte, file string) error {
	if !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 {
		return &Problem{Key: "config.file", Args: map[string]any{"file": file, "cause": "UTF-8"}}
	}
	seen := map[string]bool{}
	lines := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(text, []byte("\uFEFF"))))
	lines.Buffer(nil, maxFile+1)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		where := fmt.Sprintf("%s:%d", file, n)
		name, value, found := strings.Cut(line, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if !found || seen[name] {
			return &Problem{Key: "config.line", Args: map[string]any{"where": where}}
		}
		seen[name] = true
		if len(value) >= 2 && strings.HasPrefix(value, `"`) && strings.HasSuffix(value, `"`) {
			value = value[1 : len(value)-1]
		}
		if err := c.Set(name, value, where); err != nil {
			return err
		}
	}
	return lines.Err()
}
