package text

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// lightStems is, for languages that Snowball does not serve (and Arabic, where
// prefixes matter more), a function that adds a folded word's stems. They take
// endings and prefixes off by list, never below a few letters, and only have to
// treat the forms of one word alike; the result need not be a word.
var lightStems = map[string]func(word string, add func(string)){
	"ar": arabicLight,
	"he": hebrewLight,
	"am": ethiopicLight,
	"id": indonesianLight,
	"sw": swahiliLight,
	"sr": serbianLight,
	"nl": endings(4, 2, "heden en s e"),
	"ky": endings(3, 3, "лар лер лор лөр дар дер дор дөр тар тер тор төр нын нин нун нүн дын дин дун дүн тын тин тун түн га ге го гө ка ке ко кө "+
		"ны ни ну нү ды ди ду дү ты ти ту тү да де до дө та те то тө дан ден дон дөн тан тен тон төн ын ин ун үн ы и у ү"),
	"mn": fleeting("аэиоуөү", endings(4, 3, "ийг ыг ийн ын наас нээс ноос нөөс аас ээс оос өөс тай тэй той аар ээр оор өөр ууд үүд нууд нүүд ад эд од өд нд г д т")),
	"de": endings(4, 1, "test ten tes ter tem tet te t en em er es et e n s st ern"),
	"fa": endings(3, 2, "ها هاي هايي هايش هايشان ان يان ات ي ترين تر ش م"),
	"ur": endings(2, 1, "يوں وں ياں يں ات ے ي ه"),
	"el": endings(3, 1, "ματων ματοσ ματα ουσ ων οσ ου οι ησ εσ ασ ισ εισ εωσ εων ιων ια ιου η α ο ε ι υ ω"),
	"uk": endings(3, 1, "ого ому ими ими іи ии им их ою ею оі еі ую юю ая яя а я у ю о е є и і ь ів ев ам ям ами ями ах ях ом ем єм ові еві "+
		"іям іями іях ія ію іі ією ня ні нь ем ою"),
	"bg": endings(3, 2, "ът ят та то те ия иите ите ата ета ото ята ове овете еве ища ищата а я и о е у"),
	"pl": fleeting("e", endings(3, 1, "ami iami ach iach om iom ow owi em iem ej iej ego iego emu iemu ych ich ymi imi ym im ia ie iu io ii y i a e u o")),
	"cs": fleeting("e", endings(3, 1, "ami emi ech ich ach ych ymi imi ove ovi ovy um ho eho emu mu ym im ou em am y i a e u o")),
	"lt": endings(3, 1, "iams ams iais ais uose iuose ose ese iai ai iui ui iaus aus ius ies ias as is ys us os es iu u io o ia a e i uju iuju ams ems emis omis"),
	"lv": endings(3, 1, "iem ajiem am em im ais as es is us os s u a e i o ai ei ies ajam ajos ajas iu ju jiem"),
	"et": endings(3, 1, "ud uid ute dele tele dest test dega tega del tel ded ted id de te le lt ks ga ta st sse s l d t i e a u"),
	"sq": endings(3, 1, "eve ave ive eve at et it in ve te t i e a es se ja"),
	"hi": endings(2, 1, "ाओं ियाँ ियां ियों ाइयाँ ाइयों ाइयां ुओं ुएं ुएँ ाएं ाएँ ओं ों ें ीं ी ा े ि ु ू ो ना ने नी ता ते ती ाने ाना"),
	"bn": endings(2, 2, "গুলিকে গুলির গুলোর গুলিতে গুলি গুলো দেরকে দের রা কে ের েরা র ে তে টির টি টা সমূহের সমূহ"),
	"ka": endings(3, 4, "ისთვის თვის თან დან ზე ში მდე ვით ის ით ად მა ს ი ო მ ებ ა ე"),
	"hy": endings(3, 4, "ությունների ությունները ություններում ություններ ությունից ությունում ությունով ությունը ությանը ության ությամբ ություն ներ եր երի երը ների ներով ներում ներից ով ում ից ին ի ը ն ու"),
}

// endings returns a stemmer that takes the longest fitting ending of the list
// off, up to passes times, and leaves at least keep letters.
func endings(keep, passes int, list string) func(string, func(string)) {
	var sorted []string
	for _, e := range strings.Fields(list) {
		sorted = append(sorted, Fold(e))
	}
	sort.SliceStable(sorted, func(i, j int) bool { return len(sorted[i]) > len(sorted[j]) })
	return func(word string, add func(string)) {
		for range passes {
			next := without(word, sorted, keep)
			if next == word {
				break
			}
			word = next
		}
		add(word)
	}
}

// fleeting adds a stem also without the vowel that comes and goes before its last
// consonant (Polish wydatek, wydatki).
func fleeting(vowels string, stem func(string, func(string))) func(string, func(string)) {
	return func(word string, add func(string)) {
		stem(word, func(w string) {
			add(w)
			r := []rune(w)
			n := len(r)
			if n >= 5 && strings.ContainsRune(vowels, r[n-2]) && !strings.ContainsRune("aeiouy"+vowels, r[n-1]) && !strings.ContainsRune("aeiouy"+vowels, r[n-3]) {
				add(string(r[:n-2]) + string(r[n-1]))
			}
		})
	}
}

func without(word string, sorted []string, keep int) string {
	for _, e := range sorted {
		if rest, ok := strings.CutSuffix(word, e); ok && e != "" && utf8.RuneCountInString(rest) >= keep {
			return rest
		}
	}
	return word
}

var (
	arabicPrefixes  = []string{"وبال", "وال", "فال", "بال", "كال", "ولل", "لل", "ال", "ول", "وب", "و", "ب", "ل", "ف", "ك"}
	arabicSuffixes  = strings.Fields("اتها اتهم يات هما هم ها هن ات ان ون ين يه نا ه ي")
	arabicArticle   = map[string]bool{"و": true, "ب": true, "ل": true, "ف": true, "ك": true, "ول": true, "وب": true}
	hebrewPrefixes  = []string{"וה", "וב", "ול", "ומ", "וש", "ומה", "שה", "מה", "כש", "ו", "ה", "ב", "ל", "מ", "ש", "כ"}
	hebrewSuffixes  = []string{"יותיהמ", "ותיהמ", "יהמ", "ותיו", "יות", "יימ", "ות", "ימ", "יו", "ית", "י", "ה", "ת"}
	ethiopicPrefix  = []string{"ስለ", "እንደ", "ወደ", "የሚ", "በየ", "ከነ", "የ", "በ", "ለ", "ከ"}
	ethiopicSuffix  = []string{"ዎችን", "ዎቹን", "ዎች", "ዎቹ", "ችን", "ቹን", "ችም", "ች", "ቹ", "ዋን", "ውን", "ን", "ም", "ና", "ው", "ዋ"}
	indonesianFront = []string{"meng", "meny", "mem", "men", "peng", "peny", "pem", "pen", "per", "ber", "ter", "me", "pe", "di", "ke", "se", "be"}
	indonesianBack  = []string{"kannya", "annya", "inya", "kan", "nya", "lah", "kah", "an", "i"}
)

// arabicLight takes the article with its particles, then one ending off
// (after the light stemmer of Larkey and others, "light10"). Particles without
// article go only from words of five letters and more.
func arabicLight(word string, add func(string)) {
	for _, p := range arabicPrefixes {
		keep := 3
		if arabicArticle[p] {
			keep = 4
		}
		if rest, ok := strings.CutPrefix(word, p); ok && utf8.RuneCountInString(rest) >= keep {
			add(rest)
			add(without(rest, arabicSuffixes, 3))
			break
		}
	}
	add(without(word, arabicSuffixes, 3))
}

// WithoutParticles lists what a folded Arabic word may be without the article and the
// particles that are written together with it; nothing of it for other words.
func WithoutParticles(folded string) (out []string) {
	if first, _ := utf8.DecodeRuneInString(folded); !unicode.Is(unicode.Arabic, first) {
		return nil
	}
	for _, p := range arabicPrefixes {
		if rest, ok := strings.CutPrefix(folded, p); ok && utf8.RuneCountInString(rest) >= 3 {
			out = append(out, rest)
		}
	}
	return out
}

func hebrewLight(word string, add func(string)) {
	add(without(word, hebrewSuffixes, 3))
	for _, p := range hebrewPrefixes {
		if rest, ok := strings.CutPrefix(word, p); ok && utf8.RuneCountInString(rest) >= 3 {
			add(rest)
			add(without(rest, hebrewSuffixes, 3))
		}
	}
}

// ethiopicLight takes particles off and ends the word on its consonant (the
// sixth order of the syllable), because plural and article change the vowel.
func ethiopicLight(word string, add func(string)) {
	bare := func(w string) string {
		w = without(w, ethiopicSuffix, 2)
		r := []rune(w)
		if last := r[len(r)-1]; 0x1200 <= last && last < 0x1358 {
			r[len(r)-1] = last - last%8 + 5
		}
		return string(r)
	}
	add(bare(word))
	for _, p := range ethiopicPrefix {
		if rest, ok := strings.CutPrefix(word, p); ok && utf8.RuneCountInString(rest) >= 2 {
			add(rest)
			add(bare(rest))
			break
		}
	}
}

func indonesianLight(word string, add func(string)) {
	back := without(word, indonesianBack, 4)
	add(word)
	add(back)
	for _, p := range indonesianFront {
		if rest, ok := strings.CutPrefix(back, p); ok && len(rest) >= 4 {
			add(rest)
			break
		}
	}
	for _, p := range indonesianFront {
		if rest, ok := strings.CutPrefix(word, p); ok && len(rest) >= 4 {
			add(rest)
			break
		}
	}
}

// swahiliLight takes the noun classes' prefixes off, so that singular and plural meet.
func swahiliLight(word string, add func(string)) {
	add(word)
	for _, p := range []string{"mw", "wa", "w", "ki", "vi", "mi", "m", "ma", "ch", "vy"} {
		if rest, ok := strings.CutPrefix(word, p); ok && len(rest) >= 4 {
			add(rest)
		}
	}
}

var serbianEndings = fleeting("a", endings(3, 1, "ovima evima ama ima ova eva om em im ih oj og ega oga omu emu imi ami ju jom je ja u a e i o"))

// serbianLight serves both alphabets: Cyrillic words are also known in Latin letters.
func serbianLight(word string, add func(string)) {
	latin := serbianLatin.Replace(word)
	add(latin)
	serbianEndings(latin, add)
}

var serbianLatin = strings.NewReplacer("а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "ђ", "d", "е", "e", "ж", "z", "з", "z",
	"и", "i", "ј", "j", "к", "k", "л", "l", "љ", "lj", "м", "m", "н", "n", "њ", "nj", "о", "o", "п", "p", "р", "r", "с", "s",
	"т", "t", "ћ", "c", "у", "u", "ф", "f", "х", "h", "ц", "c", "ч", "c", "џ", "dz", "ш", "s")
