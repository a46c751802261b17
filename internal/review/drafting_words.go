package review

// What words of a draft may mean. They are compared by their stems, in the
// language of the text; a blank separates words that stand side by side.
var draftingWords = map[concept]map[string][]string{
	// A thing that can be looked at when it is there.
	deliverable: {
		"en": {"report", "portal", "platform", "website", "dataset", "data set", "register", "registry", "law", "bill", "act", "decree", "regulation", "rule", "rules", "guideline", "guidelines",
			"manual", "standard", "plan", "strategy", "policy", "training", "workshop", "survey", "evaluation", "audit", "minutes", "committee", "council", "unit", "office", "published", "adopted",
			"approved", "signed", "launched", "tested", "trained", "procedure", "contract", "tool", "application", "index", "dashboard", "online", "list", "map"},
		"fr": {"rapport", "portail", "plateforme", "site", "jeu de données", "données", "registre", "loi", "projet de loi", "décret", "règlement", "règle", "arrêté", "circulaire", "lignes directrices", "guide",
			"manuel", "norme", "plan", "stratégie", "politique", "formation", "atelier", "enquête", "évaluation", "audit", "procès-verbal", "comité", "conseil", "unité", "bureau", "publié", "adopté",
			"approuvé", "signé", "lancé", "testé", "formé", "procédure", "contrat", "outil", "application", "indice", "tableau de bord", "en ligne", "liste", "carte"},
		"es": {"informe", "portal", "plataforma", "sitio", "conjunto de datos", "datos", "registro", "ley", "proyecto de ley", "decreto", "reglamento", "regla", "resolución", "lineamientos", "guía",
			"manual", "norma", "plan", "estrategia", "política", "capacitación", "taller", "encuesta", "evaluación", "auditoría", "acta", "comité", "consejo", "unidad", "oficina", "publicado", "adoptado",
			"aprobado", "firmado", "lanzado", "probado", "capacitado", "procedimiento", "contrato", "herramienta", "aplicación", "índice", "tablero", "en línea", "lista", "mapa"},
		"ar": {"تقرير", "بوابة", "منصة", "موقع", "بيانات", "سجل", "قانون", "مشروع قانون", "مرسوم", "لائحة", "قاعدة", "قرار", "تعميم", "دليل", "معيار", "خطة", "استراتيجية", "سياسة", "تدريب",
			"ورشة", "استبيان", "تقييم", "تدقيق", "محضر", "لجنة", "مجلس", "وحدة", "مكتب", "نشر", "اعتماد", "إقرار", "توقيع", "إطلاق", "إجراء", "عقد", "أداة", "تطبيق", "مؤشر", "قائمة", "خريطة"},
	},
	// What nobody can check.
	vague: {
		"en": {"promote", "strengthen", "enhance", "foster", "encourage", "support", "improve", "raise awareness", "explore", "consider", "as appropriate", "where possible", "facilitate", "continue", "seek to", "aim to"},
		"fr": {"promouvoir", "renforcer", "favoriser", "encourager", "soutenir", "appuyer", "améliorer", "sensibiliser", "explorer", "envisager", "le cas échéant", "si possible", "faciliter", "poursuivre", "viser à"},
		"es": {"promover", "fortalecer", "fomentar", "impulsar", "apoyar", "mejorar", "sensibilizar", "explorar", "considerar", "cuando proceda", "en lo posible", "facilitar", "continuar", "procurar"},
		"ar": {"تعزيز", "تشجيع", "دعم", "تحسين", "توعية", "استكشاف", "النظر في", "عند الاقتضاء", "قدر الإمكان", "تيسير", "تسهيل", "مواصلة", "السعي إلى"},
	},
	// Opening information.
	transparency: {
		"en": {"transparency", "transparent", "publish", "publication", "disclose", "disclosure", "open data", "access to information", "right to information", "proactive"},
		"fr": {"transparence", "transparent", "publier", "publication", "divulguer", "divulgation", "données ouvertes", "accès à l’information", "droit à l’information", "diffusion"},
		"es": {"transparencia", "transparente", "publicar", "publicación", "divulgar", "divulgación", "datos abiertos", "acceso a la información", "derecho a la información", "difusión"},
		"ar": {"شفافية", "شفاف", "نشر", "إفصاح", "بيانات مفتوحة", "البيانات المفتوحة", "الوصول إلى المعلومات", "الحق في المعلومات", "النفاذ إلى المعلومات"},
	},
	// People taking part in decisions.
	participation: {
		"en": {"participation", "participate", "consultation", "consult", "citizen", "civil society", "public hearing", "co-create", "deliberation", "feedback", "public comment", "petition"},
		"fr": {"participation", "participer", "consultation", "consulter", "citoyen", "société civile", "audience publique", "cocréation", "délibération", "retour des usagers", "pétition"},
		"es": {"participación", "participar", "consulta", "consultar", "ciudadano", "ciudadanía", "sociedad civil", "audiencia pública", "cocreación", "deliberación", "petición"},
		"ar": {"مشاركة", "تشاور", "مشاورة", "استشارة", "مواطن", "المجتمع المدني", "جلسة استماع", "مداولة", "ملاحظات الجمهور", "عريضة"},
	},
	// Somebody answering for what was done.
	accountability: {
		"en": {"accountability", "accountable", "redress", "complaint", "complaints", "appeal", "oversight", "ombudsman", "sanction", "grievance", "monitoring body", "answerable", "audit"},
		"fr": {"redevabilité", "reddition de comptes", "rendre compte", "recours", "plainte", "réclamation", "contrôle", "médiateur", "sanction", "audit"},
		"es": {"rendición de cuentas", "rendir cuentas", "reparación", "queja", "reclamo", "recurso", "supervisión", "defensoría", "defensor", "sanción", "auditoría"},
		"ar": {"مساءلة", "محاسبة", "شكوى", "شكاوى", "تظلم", "طعن", "رقابة", "أمين المظالم", "عقوبة", "جبر", "تدقيق"},
	},
	// Means without an open-government end of their own (domain, trap 7).
	technology: {
		"en": {"digital", "technology", "platform", "app", "application", "software", "artificial intelligence", "blockchain", "algorithm", "e-government", "online service", "system", "digitise", "digitize", "automation", "cloud"},
		"fr": {"numérique", "technologie", "plateforme", "application", "logiciel", "intelligence artificielle", "chaîne de blocs", "algorithme", "administration électronique", "téléservice", "système", "numériser", "automatisation", "informatique"},
		"es": {"digital", "tecnología", "plataforma", "aplicación", "software", "inteligencia artificial", "cadena de bloques", "algoritmo", "gobierno electrónico", "sistema", "digitalizar", "automatización", "nube"},
		"ar": {"رقمي", "رقمنة", "تكنولوجيا", "تقنية", "منصة", "تطبيق", "برمجيات", "ذكاء اصطناعي", "الذكاء الاصطناعي", "خوارزمية", "حكومة إلكترونية", "نظام", "أتمتة"},
	},
	// Positive and standing alone: modest by definition (domain 2.2).
	modest: {
		"en": {"portal", "website", "web page", "dataset", "data set", "open data", "publish", "publication", "training", "workshop", "pilot", "campaign", "awareness", "app", "dashboard", "guide", "study"},
		"fr": {"portail", "site", "page web", "jeu de données", "données ouvertes", "publier", "publication", "formation", "atelier", "pilote", "campagne", "sensibilisation", "application", "tableau de bord", "guide", "étude"},
		"es": {"portal", "sitio", "página web", "conjunto de datos", "datos abiertos", "publicar", "publicación", "capacitación", "taller", "piloto", "campaña", "sensibilización", "aplicación", "tablero", "guía", "estudio"},
		"ar": {"بوابة", "موقع", "صفحة", "مجموعة بيانات", "بيانات مفتوحة", "نشر", "تدريب", "ورشة", "تجريبي", "تجربة", "حملة", "توعية", "تطبيق", "دليل", "دراسة"},
	},
	// What makes a change last and bind.
	binding: {
		"en": {"law", "bill", "legislation", "decree", "regulation", "regulations", "rule", "rules", "binding", "mandatory", "mandate", "oblige", "obligation", "obligatory", "require", "requirement", "institutionalise", "institutionalize",
			"permanent", "budget line", "by default", "government-wide", "all ministries", "standard", "procedure", "policy", "directive", "reform", "amend", "amendment", "statutory", "unit"},
		"fr": {"loi", "législation", "décret", "règlement", "règle", "arrêté", "circulaire", "contraignant", "obligatoire", "obliger", "obligation", "mandat", "exiger", "exigence", "institutionnaliser",
			"permanent", "ligne budgétaire", "par défaut", "tous les ministères", "norme", "procédure", "directive", "réforme", "réformer", "modifier la loi", "statutaire"},
		"es": {"ley", "legislación", "decreto", "reglamento", "regla", "resolución", "vinculante", "obligatorio", "obligar", "obligación", "mandato", "exigir", "requisito", "institucionalizar",
			"permanente", "partida presupuestaria", "por defecto", "todos los ministerios", "norma", "procedimiento", "directiva", "reforma", "reformar", "estatutario"},
		"ar": {"قانون", "تشريع", "مرسوم", "لائحة", "قاعدة", "قرار", "ملزم", "إلزامي", "إلزام", "التزام قانوني", "ولاية", "اشتراط", "مأسسة", "دائم", "بند الميزانية", "تلقائيا", "جميع الوزارات", "معيار", "إجراء", "توجيه", "إصلاح", "تعديل"},
	},
	// Going on as before.
	continuing: {
		"en": {"continue", "continuation", "maintain", "existing", "keep up", "ongoing"},
		"fr": {"continuer", "poursuivre", "poursuite", "maintenir", "existant", "en cours"},
		"es": {"continuar", "continuación", "mantener", "existente", "en curso"},
		"ar": {"مواصلة", "استمرار", "الحفاظ", "قائم", "الحالي", "الجاري"},
	},
}
