package crashtest

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestNoAcknowledgedWordOfAPersonIsLostToAKill writes as people do, with forms,
// while the server is killed at random moments: a contribution, a step of a
// report, the report, and a draft of a commitment. What was answered with "go on"
// is there after the next start, whole, and the record verifies.
func TestNoAcknowledgedWordOfAPersonIsLostToAKill(t *testing.T) {
	for name, env := range map[string]func(*testing.T) []string{
		"sqlite":     func(*testing.T) []string { return nil },
		"postgresql": func(t *testing.T) []string { return []string{"AVOW_DATABASE_URL=" + freshPostgres(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			p := &program{bin: build(t), dir: t.TempDir(), env: env(t)}
			s := p.serve(t)
			citizen := s.signIn(t, "citizen@avow.example")
			r := s.reporter(t)
			var acknowledged []string
			random := rand.New(rand.NewPCG(7, 11))
			for round := range kills() {
				kill := time.AfterFunc(time.Duration(random.Int64N(int64(400*time.Millisecond))), func() { _ = s.cmd.Process.Kill() })
				for n := 0; ; n++ {
					word := fmt.Sprintf("word%dof%d", n, round)
					res, err := s.post(citizen, "/en/work/plans/esperia-2/contribute", "text.en="+word)
					if err != nil {
						break // the kill came
					}
					if res != http.StatusSeeOther {
						t.Fatalf("a contribution answers %d", res)
					}
					acknowledged = append(acknowledged, word)
					if !r.write(t, s, word) {
						break
					}
				}
				kill.Stop()
				_ = s.cmd.Wait() // it was killed
				p.verify(t)
				s = p.serve(t)
				r.holds(t, s)
			}
			_ = s.cmd.Process.Kill()
			_ = s.cmd.Wait() // it was killed
			held := p.everything(t)
			for _, word := range acknowledged {
				if !strings.Contains(held, `"`+word+`"`) {
					t.Errorf("%s was acknowledged and is lost", word)
				}
			}
			t.Logf("%d kills, acknowledged: %d contributions, %d steps of reports, %d reports, %d savings of a draft",
				kills(), len(acknowledged), r.kept.count, r.sent.count, r.draft.count)
		})
	}
}

// everything is what the database holds, as the program writes it.
func (p *program) everything(t *testing.T) string {
	t.Helper()
	s := p.serve(t)
	defer func() { _ = s.cmd.Process.Kill(); _ = s.cmd.Wait() }()
	var out strings.Builder
	res, err := http.Get(s.address + "/en/plans/esperia-2/contributions.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range strings.FieldsFunc(string(b), func(r rune) bool { return r == ',' || r == '\n' || r == '\r' || r == '"' }) {
		out.WriteString(`"` + field + `"`)
	}
	return out.String()
}

// served is a running program.
type served struct {
	cmd     *exec.Cmd
	dir     string
	address string
}

var listens = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

func (p *program) serve(t *testing.T) *served {
	t.Helper()
	s := &served{cmd: p.command("serve", "--demo", "--listen", "127.0.0.1:0"), dir: p.dir}
	log, err := os.CreateTemp(t.TempDir(), "log")
	if err != nil {
		t.Fatal(err)
	}
	s.cmd.Stderr = log
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); {
		text, _ := os.ReadFile(log.Name())
		if s.address = listens.FindString(string(text)); s.address != "" {
			if res, err := http.Get(s.address + "/readyz"); err == nil {
				_ = res.Body.Close()
				return s
			}
		}
	}
	text, _ := os.ReadFile(log.Name())
	t.Fatalf("the server does not start: %s", text)
	return nil
}

// post sends a form and gives the status.
func (s *served) post(jar map[string]string, path, form string) (int, error) {
	res, err := s.ask(jar, http.MethodPost, path, form)
	return res.code, err
}

// said is an answer that was read to its end.
type said struct {
	code           int
	location, body string
}

// ask makes a request with the cookies of a jar. An error: the server is gone.
func (s *served) ask(jar map[string]string, method, path, form string) (said, error) {
	req, err := http.NewRequest(method, s.address+path, strings.NewReader(form))
	if err != nil {
		return said{}, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for name, value := range jar {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: 20 * time.Second}
	res, err := client.Do(req)
	if err != nil {
		return said{}, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return said{}, err
	}
	for _, c := range res.Cookies() {
		jar[c.Name] = c.Value
	}
	return said{res.StatusCode, res.Header.Get("Location"), string(body)}, nil
}

var letterLink = regexp.MustCompile(`token=([A-Za-z0-9_-]{43})`)

// signIn signs somebody in by the letter that lies in the folder.
func (s *served) signIn(t *testing.T, mail string) map[string]string {
	t.Helper()
	jar := map[string]string{}
	if code, err := s.post(jar, "/en/sign-in", "mail="+mail); err != nil || code != http.StatusSeeOther {
		t.Fatalf("asking for a letter answers %d, %v", code, err)
	}
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); {
		files, _ := filepath.Glob(filepath.Join(s.dir, "mail", "*.eml"))
		for _, file := range files {
			raw, _ := os.ReadFile(file)
			text := strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(string(raw), "=\r\n", ""), "=\n", ""), "=3D", "=")
			m := letterLink.FindStringSubmatch(text)
			if m == nil || !strings.Contains(text, mail) {
				continue
			}
			if code, err := s.post(jar, "/en/sign-in/link", "token="+m[1]); err != nil || code != http.StatusSeeOther {
				t.Fatalf("the link answers %d, %v", code, err)
			}
			return jar
		}
	}
	t.Fatalf("no letter came to %s", mail)
	return nil
}
