package config

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestFlagsBeatTheEnvironmentWhichBeatsTheFileWhichBeatsTheDefaults(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "avow.conf"), "# settings\n\nlisten = \"127.0.0.1:1\"\nlog_level=debug\r\nlog_format = json\n")
	c, err := Load([]Flag{{"data", dir}, {"listen", "127.0.0.1:3"}},
		[]string{"AVOW_LISTEN=127.0.0.1:2", "AVOW_LOG_LEVEL=warn", "HOME=/", "AVOW_TEST_POSTGRES=x"}, "")
	if err != nil {
		t.Fatal(err)
	}
	want := Config{Data: dir, Listen: "127.0.0.1:3", LogLevel: "warn", LogFormat: "json", MaxBody: 1 << 20, SMTPPort: 587, SMTPFrom: "avow@localhost"}
	if c != want {
		t.Errorf("got %+v, want %+v", c, want)
	}
}

func TestNothingAtAllIsAWorkingConfiguration(t *testing.T) {
	t.Chdir(t.TempDir())
	c, err := Load(nil, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	if c.Data != "avow-data" || c.Listen != "127.0.0.1:8080" || c.Database() != filepath.Join("avow-data", "avow.db") {
		t.Errorf("got %+v", c)
	}
}

func TestWhatNobodyKnowsOrCanUseIsAProblemWithAKey(t *testing.T) {
	dir := t.TempDir()
	for name, tc := range map[string]struct {
		flags []Flag
		env   []string
		text  string
		file  string
		key   string
	}{
		"an unknown variable":        {env: []string{"AVOW_PORT=80"}, key: "config.unknown"},
		"a variable in small letter": {env: []string{"AVOW_Listen=x"}, key: "config.unknown"},
		"an unknown name in a file":  {text: "port = 80", key: "config.unknown"},
		"a line without =":           {text: "listen", key: "config.line"},
		"a name twice":               {text: "demo=true\ndemo=true", key: "config.line"},
		"a log level of no kind":     {text: "log_level = loud", key: "config.value"},
		"a database of another kind": {env: []string{"AVOW_DATABASE_URL=mysql://x"}, key: "config.value"},
		"a base without a host":      {flags: []Flag{{"base_url", "example.org"}}, key: "config.value"},
		"a body of no size":          {text: "max_body = 3", key: "config.value"},
		"demo perhaps":               {text: "demo = perhaps", key: "config.value"},
		"a file that is not there":   {file: filepath.Join(dir, "absent.conf"), key: "config.file"},
		"a file that is no text":     {text: "\xff\x00", key: "config.file"},
	} {
		t.Run(name, func(t *testing.T) {
			file := tc.file
			if tc.text != "" {
				file = filepath.Join(t.TempDir(), "a.conf")
				write(t, file, tc.text)
			}
			_, err := Load(tc.flags, tc.env, file)
			var p *Problem
			if !errors.As(err, &p) || p.Key != tc.key || p.Error() == "" {
				t.Errorf("got %v, want a problem with the key %s", err, tc.key)
			}
		})
	}
}

func FuzzFile(f *testing.F) {
	for _, s := range []string{"", "listen = \"a\"", "# x\n\ndemo=true", "x", "=", "data=\xff", "\uFEFFdata = /x"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var c Config
		if err := c.parse(text, "avow.conf"); err == nil {
			c.Defaults()
			if c.Data == "" || c.Listen == "" || c.MaxBody < 1024 {
				t.Errorf("an accepted file leaves %+v", c)
			}
		}
	})
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
