package text

import (
	"strings"

	"github.com/abadojack/whatlanggo"
)

// commonWords is, per language that shares its script with others, the words
// that few texts do without.
var commonWords = map[string]struct{ script, words string }{
	"en":  {"Latin", "the of and to in is for on that with by be will this are from which as it at or an its has their not have been"},
	"fr":  {"Latin", "le la les des de du et en un une est pour que qui dans sur au aux par avec sera ce cette sont ne pas ou leur plus à"},
	"es":  {"Latin", "el la los las de del y en que se un una para por con es al su como más lo sus este esta entre será son o e"},
	"pt":  {"Latin", "o a os as de do da dos das e em que no na um uma para por com se ao é à mais como não nos nas pela pelo são será"},
	"it":  {"Latin", "il lo la i gli le di del della dei delle degli e in che un una per con al alla da dal dalla si è sono nel nella più sul"},
	"ca":  {"Latin", "el la els les de del dels i en que amb per un una és al als es com més a aquest aquesta són seva"},
	"gl":  {"Latin", "o a os as do da dos das e en que no na un unha para por con se ao é á máis como non coa polo pola"},
	"ro":  {"Latin", "și de la în a al ale cu pe din pentru care este un o prin să se va nu sunt cele mai sau fi privind către"},
	"de":  {"Latin", "der die das und von den dem des in im ist für mit auf zu zur zum ein eine einer werden wird nicht sich auch als an bei durch"},
	"nl":  {"Latin", "de het een van en in op te voor met is dat die zijn aan door worden wordt niet ook bij tot om naar als er deze"},
	"sv":  {"Latin", "och att det i en av för som är på med till den ett om de inte från ska kan vid har samt eller"},
	"no":  {"Latin", "og å det i en av for som er på med til den et om de ikke fra skal kan ved har samt eller blir ble"},
	"da":  {"Latin", "og at det i en af for som er på med til den et om de ikke fra skal kan ved har samt eller bliver blev ud"},
	"fi":  {"Latin", "ja on ei että se ovat oli myös joka kun sekä tai mukaan ovat voi sen niiden tämä mutta kuin"},
	"et":  {"Latin", "ja on ei et see oli ka mis kui või ning selle nende oma kes üle peab saab jaoks"},
	"hu":  {"Latin", "a az és hogy nem is egy meg van volt ezt azt vagy által való illetve valamint de ki be el"},
	"tr":  {"Latin", "ve bir bu için ile da de olarak olan daha çok en gibi kadar ne ya veya her olduğu tarafından"},
	"az":  {"Latin", "və bir bu üçün ilə da də olan daha çox ən kimi qədər nə ya hər üzrə tərəfindən haqqında olunması"},
	"pl":  {"Latin", "i w na z do nie się jest że o dla oraz przez od po są za które który jak lub być ich tym"},
	"cs":  {"Latin", "a v na se je z do že o pro s k ve by i jako za od po jsou které který nebo být jeho při"},
	"sk":  {"Latin", "a v na sa je z do že o pre s k vo by aj ako za od po sú ktoré ktorý alebo byť jeho pri"},
	"sl":  {"Latin", "in v na se je z za da so ki o s pri kot po od tudi ne ali bo ter do bi iz lahko"},
	"hr":  {"Latin", "i u na se je za da su koji o s od kao po će te ili iz što koje biti kako nije bi do"},
	"sr":  {"Latin", "i u na se je za da su koji o sa od kao po će te ili iz što koje biti kako nije bi do"},
	"sq":  {"Latin", "e të dhe në për me një që nga do është i ka së janë si tek ose këtë mbi duke më"},
	"lt":  {"Latin", "ir į kad yra iš su bei ar dėl per apie tai kaip už buvo nuo pagal taip bus jų iki"},
	"lv":  {"Latin", "un ir ar par no uz kas lai tiek vai arī pie kā pēc tā nav šo būs pret tās līdz"},
	"id":  {"Latin", "yang dan di untuk dengan dari pada dalam ini itu akan ke tidak oleh atau adalah telah secara para sebagai"},
	"ms":  {"Latin", "yang dan di untuk dengan daripada pada dalam ini itu akan ke tidak oleh atau ialah telah secara para sebagai bagi"},
	"tl":  {"Latin", "ang ng mga sa na at ay para ito upang mula hindi o kung may isang kanilang nito bilang"},
	"sw":  {"Latin", "na ya wa kwa za katika ni la kuwa cha hii vya ili au kama pia hiyo yake watu"},
	"vi":  {"Latin", "và của là các có được cho trong những với để không một người này đã khi từ về sẽ"},
	"mt":  {"Latin", "il u ta li fil għal ma biex jew minn huwa din dan kif kull tal se"},
	"so":  {"Latin", "oo iyo ka ku ah in u waa la soo ay uu ee loo kale dalka si"},
	"ha":  {"Latin", "da na a ta ya don za wa kuma ga ba su an daga wannan"},
	"ru":  {"Cyrillic", "и в на с по не что для о от к из как это за а или при также их его до будет быть"},
	"uk":  {"Cyrillic", "і в у на з та що для не про до за від є як або а також їх його при щодо які це буде"},
	"be":  {"Cyrillic", "і ў у на з што для не пра да за ад як або а таксама іх яго пры якія гэта будзе"},
	"bg":  {"Cyrillic", "и в на се за да от с по не е са ще като до при или че който които от това със към"},
	"mk":  {"Cyrillic", "и во на се за да од со по не е ќе како до при или дека кој кои ова на ги и сите"},
	"sr-": {"Cyrillic", "и у на се је за да су који о са од као по ће те или из што које бити како није би до"},
	"kk":  {"Cyrillic", "және мен үшін бойынша бұл бар болып бір да де туралы немесе арқылы қазақстан"},
	"ky":  {"Cyrillic", "жана менен үчүн боюнча бул бар болуп бир да де жөнүндө же аркылуу кыргыз тарабынан"},
	"mn":  {"Cyrillic", "нь ба болон энэ байна тухай бол юм үйл хийх оны болно улсын талаар"},
	"tg":  {"Cyrillic", "ва дар аз ба ки бо барои ин аст он як низ бояд ҷумҳурии"},
	"ar":  {"Arabic", "في من على إلى و أن التي عن مع هذا هذه ما أو بين كما الذي لا ذلك خلال تم بعد كل"},
	"fa":  {"Arabic", "و در به از که این را با است برای آن یک می شود های خود تا بر هم نیز یا شده"},
	"ps":  {"Arabic", "د په او چې ته کې له سره دی ده یې یو څخه هم شي لپاره"},
	"ur":  {"Arabic", "کے کی میں اور کا سے ہے کو کہ پر نے ہیں یہ اس بھی ایک گا لیے کیا تک"},
	"ckb": {"Arabic", "و لە بۆ بە کە ئەو ئەم لەگەڵ هەر یان دەبێت سەر"},
	"hi":  {"Devanagari", "के में की है और से का को पर यह कि लिए एक हैं ने भी इस जो तथा द्वारा"},
	"ne":  {"Devanagari", "र को मा छ का लागि यो गर्न गर्ने पनि एक भएको हुने तथा बाट ले लाई"},
	"mr":  {"Devanagari", "आणि आहे च्या या हे व ते एक साठी मध्ये होते असून तसेच करण्यात येईल"},
}

// written reports whether a language is written in the script, as far as is known here.
func written(lang, script string) bool {
	w, ok := commonWords[lang]
	return ok && w.script == script || lang == "sr" && script == "Cyrillic" || !ok && latinOnly[script] && trigramCodes[lang]
}

var latinOnly = map[string]bool{"Latin": true}

// wordLanguages inverts commonWords.
var wordLanguages = func() map[string][]string {
	m := map[string][]string{}
	for lang, w := range commonWords {
		seen := map[string]bool{}
		for _, x := range strings.Fields(w.words) {
			if !seen[x] {
				seen[x] = true
				m[x] = append(m[x], strings.TrimSuffix(lang, "-"))
			}
		}
	}
	return m
}()

// trigramLanguages is what whatlanggo knows of the languages here.
var trigramLanguages = map[whatlanggo.Lang]string{
	whatlanggo.Afr: "af", whatlanggo.Arb: "ar", whatlanggo.Azj: "az", whatlanggo.Bel: "be", whatlanggo.Bul: "bg", whatlanggo.Ces: "cs",
	whatlanggo.Dan: "da", whatlanggo.Deu: "de", whatlanggo.Eng: "en", whatlanggo.Est: "et", whatlanggo.Fin: "fi", whatlanggo.Fra: "fr",
	whatlanggo.Hau: "ha", whatlanggo.Hin: "hi", whatlanggo.Hrv: "hr", whatlanggo.Hun: "hu", whatlanggo.Ind: "id", whatlanggo.Ita: "it",
	whatlanggo.Lav: "lv", whatlanggo.Lit: "lt", whatlanggo.Mar: "mr", whatlanggo.Mkd: "mk", whatlanggo.Nep: "ne", whatlanggo.Nld: "nl",
	whatlanggo.Nob: "no", whatlanggo.Pes: "fa", whatlanggo.Pol: "pl", whatlanggo.Por: "pt", whatlanggo.Ron: "ro", whatlanggo.Rus: "ru",
	whatlanggo.Slv: "sl", whatlanggo.Som: "so", whatlanggo.Spa: "es", whatlanggo.Srp: "sr", whatlanggo.Swe: "sv", whatlanggo.Tgl: "tl",
	whatlanggo.Tuk: "tk", whatlanggo.Tur: "tr", whatlanggo.Ukr: "uk", whatlanggo.Urd: "ur", whatlanggo.Uzb: "uz", whatlanggo.Vie: "vi",
	whatlanggo.Yor: "yo", whatlanggo.Ibo: "ig", whatlanggo.Kin: "rw", whatlanggo.Zul: "zu",
}

var trigramCodes = func() map[string]bool {
	m := map[string]bool{}
	for _, c := range trigramLanguages {
		m[c] = true
	}
	return m
}()
