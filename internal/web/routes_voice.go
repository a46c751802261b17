package web

import "avow/internal/civic"

var voiceRoutes = []Route{
	work("testify", "/{lang}/work/reports/{report}/testify", civic.MayTestify, "", "voice.testify.title", (*Site).testify),
	action("testify-send", "/{lang}/work/reports/{report}/testify", civic.MayTestify, "testify", "", (*Site).testifySend),
	action("withdraw", "/{lang}/work/reports/{report}/withdraw", civic.MayTestify, "withdraw", "", (*Site).withdraw),
	work("write-down", "/{lang}/work/reports/{report}/write-down", civic.MayTestifyFor, "", "voice.write.title", (*Site).writeDown),
	action("write-down-send", "/{lang}/work/reports/{report}/write-down", civic.MayTestifyFor, "testify", "", (*Site).writeDownSend),
	work("dispute", "/{lang}/work/reports/{report}/dispute", civic.MayDispute, "", "voice.dispute.title", (*Site).dispute),
	action("dispute-send", "/{lang}/work/reports/{report}/dispute", civic.MayDispute, "dispute", "", (*Site).disputeSend),
	work("disputes", "/{lang}/work/disputes", AnAccount, "", "disputes.title", (*Site).disputes),
	work("answer-dispute", "/{lang}/work/disputes/{dispute}/answer", civic.MayAnswer, "", "voice.answer.title", (*Site).answerDispute),
	action("answer-dispute-send", "/{lang}/work/disputes/{dispute}/answer", civic.MayAnswer, "answer_dispute", "", (*Site).answerDisputeSend),
	work("settle-dispute", "/{lang}/work/disputes/{dispute}/settle", civic.MaySettle, "", "voice.settle.title", (*Site).settleDispute),
	action("settle-dispute-send", "/{lang}/work/disputes/{dispute}/settle", civic.MaySettle, "settle_dispute", "", (*Site).settleDisputeSend),
	work("moderation", "/{lang}/work/moderation", civic.MayModerate, "", "moderation.title", (*Site).moderation),
	work("hide", "/{lang}/work/moderation/{voice}", civic.MayModerate, "", "moderation.hide.title", (*Site).hide),
	action("hide-send", "/{lang}/work/moderation/{voice}", civic.MayModerate, "hide", "", (*Site).hideSend),
	action("show-again", "/{lang}/work/moderation/{voice}/show", civic.MayModerate, "show_again", "", (*Site).showAgain),
}
