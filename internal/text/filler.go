package text

import (
	"strings"
	"sync"
	"unicode"
)

// Filler reports whether a folded word (see [Fold]) tells nothing of a subject: a
// number, or a word that texts about anything share, in whatever language, because
// sources often say the wrong one. Arabic words may have a particle in front.
func Filler(folded string) bool {
	if f := fillers(); f[folded] {
		return true
	} else if rest, ok := strings.CutPrefix(folded, "و"); ok && f[rest] {
		return true
	}
	return !strings.ContainsFunc(folded, unicode.IsLetter)
}

// fillers are the common words, by which languages are told apart, and those that are
// too much like another language's to be among them.
var fillers = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for w := range wordLanguages {
		out[Fold(w)] = true
	}
	for _, words := range fillerWords {
		for w := range strings.FieldsSeq(words) {
			out[Fold(w)] = true
		}
	}
	return out
})

var fillerWords = map[string]string{
	"en": `about above after again against all along already also although always am among and another any anything are around as away back be became
		because become been before being below between beyond both but by can cannot come comes could did do does doing done down during each either
		else enough etc even ever every everyone everything few first for four from further furthermore get gets give given gives go goes had has have
		having he hence her here hers herself him himself his how however if in into is it its itself just last later least less let like likely made
		make makes making many may me might more moreover most mostly much must my myself near neither never next no none nor not nothing now of
		off often on once one only onto or other others otherwise ought our ours ourselves out over own per perhaps please put quite rather really said
		same saw say says second see seen several shall she should since so some something soon still such take taken takes than that the their theirs
		them themselves then there thereby therefore these they thing things third this those though three through throughout thus till to together too
		toward towards two under unless until up upon us use used uses using very via was way ways we well went were what whatever when where whereas
		whereby wherein whether which while who whole whom whose why will with within without would year years yes yet you your yours yourself thee thou thy`,
	"fr": `afin ai ainsi alors après as assez au aucun aucune aujourd aura auront aussi autre autres aux avant avec avez avoir avons ayant bien c ça car
		ce ceci cela celle celles celui cependant certain certaine certaines certains ces cet cette ceux chacun chaque chez ci comme comment contre d
		dans de depuis dernier des dès desquelles desquels deux devant devra devrait devront doit doivent donc dont duquel durant elle elles en encore
		enfin entre est et étaient était étant été être eu eux fait faire faut font hors ici il ils jamais je jusqu jusque la laquelle le là lequel les
		lesquelles lesquels leur leurs lors lorsque lui ma mais malgré même mêmes mes moi moins mon n ne ni nos notamment notre nous on ont où outre par
		parce parmi pas pendant peu peut peuvent plus plusieurs plutôt pour pourra pourrait pourront première premier près presque puis puisque qu quand
		que quel quelle quelles quelque quelques quels qui quoi sans sauf se selon sera seront ses si sien soient soit sommes son sont sous souvent suite
		sur sa ta tandis tant te tel telle telles tels toi ton toujours tous tout toute toutefois toutes très trois tu un une uns vers voici voilà vont
		vos votre vous y année années ans`,
	"es": `a acá además ahí ahora al algo alguien algún alguna algunas alguno algunos allá allí ambas ambos ante anterior antes año años aquel aquella
		aquellas aquello aquellos aquí así aún aunque bajo bien cabo cada casi cierta ciertas cierto ciertos como cómo con conforme contra cual cuál
		cuales cualquier cualquiera cuando cuándo cuanto cuya cuyas cuyo cuyos da dado dan de debe debemos deben debería debido del demás dentro desde
		después di dicha dichas dicho dichos donde dónde dos durante e el él ella ellas ello ellos en encima entonces entre era eran es esa esas ese eso
		esos esta está estaba estado están estar estará estarán estas este esto estos estuvo etc fin fue fuera fueron ha haber había habrá habrán hace
		hacen hacer hacia han hasta hay haya hayan hemos incluso junto la las le les lo los luego mas más me mediante mejor menos mi mientras mis misma
		mismas mismo mismos mucha muchas mucho muchos muy nada nadie ni ningún ninguna ninguno no nos nosotros nuestra nuestras nuestro nuestros nunca o
		os otra otras otro otros para pero poca pocas poco pocos podrá podrán podría por porque posterior primer primera primero pues pueda puedan puede
		pueden que qué quien quién quienes sea sean según segundo ser será serán si sí sido siempre siendo sin sino sobre solo sólo somos son su sus tal
		tales también tampoco tan tanto te tendrá tendrán tener tenga tengan ti tiene tienen toda todas todavía todo todos tras través tres tu tus un una
		unas uno unos usted va van varias varios vez ya yo`,
	"pt": `a à agora ainda além algo alguém algum alguma algumas alguns ambas ambos ano anos ante antes ao aos apenas após aquela aquelas aquele aqueles
		aquilo as às assim até bem cada com como conforme contra cuja cujas cujo cujos da daquele das de dela delas dele deles demais dentro depois desde
		dessa dessas desse desses desta destas deste destes deve devem deverá deverão do dois dos duas durante e é ela elas ele eles em enquanto entre era
		eram essa essas esse esses esta está estão estar estas este estes estou eu fará fazer fez foram fosse há houve isso isto já lá lhe lhes logo mais
		mas me mediante meio menos mesma mesmas mesmo mesmos meu meus minha muita muitas muito muitos na nada não naquele nas nem nessa nesse nesta neste
		no nos nós nossa nossas nosso nossos num numa nunca o onde os ou outra outras outro outros para pela pelas pelo pelos pode podem poderá poderão
		pois por porém porque primeira primeiro quais qual qualquer quando quanto quase que quem são se segundo seja sejam sem sempre sendo ser será serão
		seu seus si sido sob sobre somente sua suas tal também tanto te tem têm tendo ter terá terão teu toda todas todavia todo todos três tu um uma umas
		uns vai vão vários você vocês`,
	"de": `ab aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes auch auf aus außerdem bei beide beiden beim bereits
		bin bis bisher bzw da dabei dadurch dafür dagegen daher dahin damit danach dann daran darauf daraus darf darin darüber das dass daß davon dazu dein
		dem den denen denn der deren derzeit des deshalb dessen die dies diese diesem diesen dieser dieses doch dort du durch dürfen ebenfalls ein eine
		einem einen einer eines einige einigen einiger er erst erste ersten es etwa etwas euch euer für gegen gegenüber gibt hat hatte hatten haben hier
		hierfür hierzu hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer in indem ins insbesondere ist ja jahr jahre jahren je jede
		jedem jeden jeder jedes jedoch jene jetzt kann kein keine keinen können könnte künftig mehr mein mehrere mit mittels möglichst muss müssen nach
		nachdem neben nicht nichts noch nun nur ob oder ohne rund schon sehr sein seine seinem seinen seiner seines seit selbst sich sie sind so sodass
		sofern sogar solche solcher soll sollen sollte sollten somit sondern sonst sowie sowohl statt über um und uns unser unsere unseren unter usw viel
		viele vielen vom von vor wäre während waren warum was weil weiter weitere weiteren welche welchem welchen welcher wenn wer werden wie wieder will
		wir wird wo wobei worden wurde wurden z zu zum zur zwar zwei zwischen`,
	"it": `a abbiamo ad agli ai al alcun alcuna alcune alcuni all alla alle allo altra altre altri altro anche ancora anni anno avere aveva avrà avranno
		c che chi ci ciascun ciascuna cioè ciò come con contro così cui d da dagli dai dal dall dalla dalle dallo degli dei del dell della delle dello di
		dopo dove due durante e è ed egli era erano essa esse essere essi fa fare fino fra fu gli già ha hanno i il in infatti inoltre io l la le lei li lo
		loro lui ma me meno mentre mi mia mio molta molte molti molto ne negli nei nel nell nella nelle nello no noi non nostra nostro o ogni oltre oppure
		ovvero per perché più poi possono presso prima primo può qual quale quali qualsiasi quando quanto quasi quel quella quelle quelli quello questa
		queste questi questo quindi sarà saranno se sé secondo senza si sia siano sono sopra sotto sta stata stati stato stesso su sua sue sugli sui sul
		sull sulla sulle sullo suo suoi tale tali tanto te tra tramite tre troppo tu tutta tutte tutti tutto un una uno va verso vi via voi vostro`,
	"ar": `من في على إلى عن مع هذا هذه هؤلاء ذلك تلك التي الذي الذين اللذين اللواتي أن إن كان كانت كانوا يكون تكون ليس ليست ما ماذا لا لم لن لو قد لقد كل
		كافة جميع بعض بعد قبل بين خلال ضمن عند عبر حيث حتى ثم أو أم كما إذا إذ هو هي هم هن نحن أنت أنا أنها أنه أنهم لأن كذلك أيضا غير دون بدون لدى أي تم
		يتم تمت سوف سيتم ستتم لكي كي بما مما فيما فيها فيه منها منه منهم عليها عليه عليهم لها له لهم لنا بها به بهم حول نحو أكثر أقل جدا فقط أمام تحت فوق
		منذ لكن بل ذات ذو ذوي تجاه خاصة سواء إلا إما كيف متى أين لماذا هل هنا هناك آخر أخرى أول ثاني عام سنة سنوات لذا لذلك وفق وفقا كلما عدة إليها إليه`,
}
