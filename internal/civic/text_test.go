package civic

import "testing"

func TestCharactersThatNobodySeesAreFound(t *testing.T) {
	for text, want := range map[string]struct{ line, lines rune }{
		"Open data":                 {},
		"Две́ строки":               {},
		"می\u200cخواهم":             {},
		"ends\u200d":                {line: 0x200d},
		"two\nlines\tand a tab\r\n": {line: '\n'},
		"bell\a":                    {'\a', '\a'},
		"nothing\x00":               {0, 0},
		"turned\u202eround":         {0x202e, 0x202e},
		"kept apart\u2068x\u2069":   {0x2068, 0x2068},
		"blank\u200b":               {line: 0x200b},
		"عربي\u200f":                {line: 0x200f},
		"not read \xff":             {0xfffd, 0xfffd},
		"soft\u00adhyphen":          {line: 0xad},
	} {
		if r, found := Unseen(text, true); r != want.line || found != (want.line != 0 || text == "nothing\x00") {
			t.Errorf("%q as a line: %U, %v", text, r, found)
		}
		if r, found := Unseen(text, false); r != want.lines || found != (want.lines != 0 || text == "nothing\x00") {
			t.Errorf("%q as a text: %U, %v", text, r, found)
		}
	}
}
