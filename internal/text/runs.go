package text

import (
	"strings"
	"unicode"
)

// clusters cuts a run of a script without spaces into characters, each with its marks.
func clusters(run string) []string {
	var out []string
	start := 0
	for i, r := range run {
		if i > 0 && !unicode.IsMark(r) {
			out = append(out, run[start:i])
			start = i
		}
	}
	if run != "" {
		out = append(out, run[start:])
	}
	for i, c := range out {
		out[i] = cut(c)
	}
	return out
}

// runTokens adds each character (so that a query of one character finds) and
// each pair of neighbours of a run.
func runTokens(run string, add func(string)) {
	for _, f := range strings.Fields(wordsOf(Fold(run))) {
		c := clusters(f)
		for i := range c {
			add(c[i])
			if i+1 < len(c) {
				add(cut(c[i] + c[i+1]))
			}
		}
	}
}

// runQuery returns what a run asks for: its pairs, or its one character. All of
// them must occur. Particles and endings that grammar adds are left out first.
func runQuery(run string) []string {
	var out []string
	for _, f := range strings.Fields(wordsOf(Fold(run))) {
		for _, core := range cores(f) {
			c := clusters(core)
			if len(c) == 1 {
				out = append(out, c[0])
			}
			for i := 0; i+1 < len(c); i++ {
				out = append(out, cut(c[i]+c[i+1]))
			}
		}
	}
	return out
}

// cores returns the parts of a folded run that carry its meaning.
func cores(run string) []string {
	r := []rune(run)
	switch {
	case unicode.Is(unicode.Hangul, r[0]):
		return []string{koreanCore(run)}
	case strings.ContainsFunc(run, isHiragana) && !strings.ContainsFunc(run, unicode.IsMark):
		return japaneseCores(r)
	}
	return []string{run}
}

var koreanEndings = strings.Fields("으로부터 에게서 이라는 에서는 에서의 으로써 으로서 하였다 합니다 됩니다 입니다 습니다 에서 에게 으로 까지 부터 이나 라는 처럼 보다 " +
	"하는 하여 하고 하기 하며 했다 한다 하다 되는 되어 된다 되다 되고 들을 들이 들의 들은 들 을 를 이 가 은 는 의 에 로 와 과 도 만 할 한 해 된 될")

// koreanCore takes particles and verb endings off, and leaves two syllables at least.
func koreanCore(w string) string {
	for range 2 {
		next := w
		for _, e := range koreanEndings {
			if rest, ok := strings.CutSuffix(w, e); ok && len([]rune(rest)) >= 2 {
				next = rest
				break
			}
		}
		if next == w {
			break
		}
		w = next
	}
	return w
}

func isHiragana(r rune) bool { return unicode.Is(unicode.Hiragana, r) }

// japaneseCores parts a run at particles between words and drops the hiragana
// that ends it (endings of verbs). A run of hiragana alone stays.
func japaneseCores(r []rune) []string {
	end := len(r)
	for end > 0 && isHiragana(r[end-1]) {
		end--
	}
	if end == 0 {
		return []string{string(r)}
	}
	r = r[:end]
	var out []string
	start := 0
	for i := 0; i < len(r); {
		if !isHiragana(r[i]) {
			i++
			continue
		}
		j := i
		for j < len(r) && isHiragana(r[j]) {
			j++
		}
		if particles[string(r[i:j])] {
			if i > start {
				out = append(out, string(r[start:i]))
			}
			start = j
		}
		i = j
	}
	return append(out, string(r[start:]))
}

var particles = map[string]bool{"の": true, "を": true, "は": true, "が": true, "に": true, "で": true, "と": true, "も": true, "へ": true, "や": true,
	"から": true, "まで": true, "への": true, "での": true, "による": true, "に関する": true, "について": true, "における": true, "する": true, "される": true}
