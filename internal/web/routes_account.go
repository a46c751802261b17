package web

import "avow/internal/civic"

// accountRoutes are the ways in and out, and what belongs to one account.
var accountRoutes = []Route{
	page("sign-in", "/{lang}/sign-in", "sign-in", "signin.title", (*Site).signIn, "/{lang}/sign-in?to=/{lang}/work"),
	action("ask-sign-in", "/{lang}/sign-in", Everybody, NoEntry, "sign-in", (*Site).askSignIn),
	work("sign-in-sent", "/{lang}/sign-in/sent", Everybody, "sign-in", "signin.sent.title", (*Site).signInSent),
	work("sign-in-code", "/{lang}/sign-in/code", Everybody, "sign-in", "signin.code.title", (*Site).signInCode),
	action("type-code", "/{lang}/sign-in/code", Everybody, NoEntry, "sign-in", (*Site).typeCode),
	work("sign-in-link", "/{lang}/sign-in/link", Everybody, "sign-in", "", (*Site).signInLink),
	action("follow-link", "/{lang}/sign-in/link", Everybody, NoEntry, "sign-in", (*Site).followLink),
	work("sign-in-passkey", "/{lang}/sign-in/passkey", Everybody, "sign-in", "signin.passkey.title", (*Site).signInPasskey),
	action("begin-passkey", "/{lang}/sign-in/passkey", Everybody, NoEntry, "sign-in", (*Site).beginPasskey),
	action("use-passkey", "/{lang}/sign-in/passkey/answer", Everybody, NoEntry, "sign-in", (*Site).usePasskey),
	sole("sign-in-provider", "/{lang}/sign-in/provider", KindRedirect, (*Site).signInProvider, "/{lang}/sign-in/provider"),
	sole("sign-in-back", "/sign-in/back", KindRedirect, (*Site).signInBack, "/sign-in/back"),
	action("sign-out", "/{lang}/sign-out", Everybody, NoEntry, "sign-in", (*Site).signOut),

	work("setup", "/{lang}/setup", Everybody, "setup", "setup.title", (*Site).setup),
	action("set-up", "/{lang}/setup", Everybody, "grant", "setup", (*Site).setUp),

	work("work", "/{lang}/work", AnAccount, "work", "work.title", (*Site).work),
	work("account", "/{lang}/account", AnAccount, "account", "account.title", (*Site).account),
	action("name-account", "/{lang}/account", AnAccount, NoEntry, "account", (*Site).nameAccount),
	action("end-session", "/{lang}/account/sessions/end", AnAccount, NoEntry, "account", (*Site).endSession),
	action("make-key", "/{lang}/account/tokens", AnAccount, NoEntry, "account", (*Site).makeKey),
	action("revoke-key", "/{lang}/account/tokens/revoke", AnAccount, NoEntry, "account", (*Site).revokeKey),
	work("once", "/{lang}/account/once", AnAccount, "account", "once.title", (*Site).once),
	action("seen-once", "/{lang}/account/once", AnAccount, NoEntry, "account", (*Site).seenOnce),

	work("close-account", "/{lang}/account/close", AnAccount, "account", "account.close.title", (*Site).closeAccount),
	action("close-account-send", "/{lang}/account/close", AnAccount, NoEntry, "account", (*Site).closeAccountSend),

	work("accounts", "/{lang}/work/accounts", civic.MayAdminister, "", "accounts.title", (*Site).accounts),
	action("block-account", "/{lang}/work/accounts/block", civic.MayAdminister, NoEntry, "", (*Site).blockAccount),
	action("unblock-account", "/{lang}/work/accounts/unblock", civic.MayAdminister, NoEntry, "", (*Site).unblockAccount),
	action("reset-account", "/{lang}/work/accounts/reset", civic.MayAdminister, NoEntry, "", (*Site).resetAccount),

	work("second-factor", "/{lang}/account/second-factor", AnAccount, "sign-in", "factor.ask.title", (*Site).secondFactor),
	action("pass-factor", "/{lang}/account/second-factor", AnAccount, NoEntry, "sign-in", (*Site).passFactor),
	action("begin-factor", "/{lang}/account/factor/begin", AnAccount, NoEntry, "account", (*Site).beginFactor),
	work("enrol-factor", "/{lang}/account/factor", AnAccount, "account", "factor.enrol.title", (*Site).enrolFactor),
	action("confirm-factor", "/{lang}/account/factor", AnAccount, NoEntry, "account", (*Site).confirmFactor),
	action("remove-factor", "/{lang}/account/factor/remove", AnAccount, NoEntry, "account", (*Site).removeFactor),
	{Name: "factor-picture", Method: "GET", Path: "/{lang}/account/factor.svg", Kind: KindFile, Permission: AnAccount, Ledger: NoEntry,
		Journey: "account", Samples: []string{"/{lang}/account/factor.svg"}, handle: (*Site).factorPicture},
	action("begin-new-passkey", "/{lang}/account/passkeys", AnAccount, NoEntry, "account", (*Site).beginNewPasskey),
	work("new-passkey", "/{lang}/account/passkeys/new", AnAccount, "account", "passkey.new.title", (*Site).newPasskey),
	action("add-passkey", "/{lang}/account/passkeys/new", AnAccount, NoEntry, "account", (*Site).addPasskey),
	action("remove-passkey", "/{lang}/account/passkeys/remove", AnAccount, NoEntry, "account", (*Site).removePasskey),
}
