// Package webtest is for tests of what answers over HTTP: it opens a site with
// data on an empty database, and it runs request scripts that read like
// sentences (e2e/*.txt, e2e/play/*.txt).
//
// It is not for production code and not for a browser.
//
// # Scripts
//
// A script is a file of cases with an empty line between two. A case says who
// asks and when, makes a request, and says what must be true of the answer:
//
//	# words that say what the case is about
//	on 2027-03-01
//	as Ana <reporter-a@avow.example>
//	POST /en/work/commitments/{commitment}/reports/2027-1
//	with status = limited
//	with done.en = Two of five registers are online.
//	code == 303
//	record grew by save-report
//	keep report from location ~ /reports/([^/?]+)
//	follow
//	text contains Two of five registers
//
// Who and when hold until another line changes them; they may stand alone:
//
//	as NAME, as NAME <ADDRESS>     a person with cookies of their own; ADDRESS is {my-mail}
//	as nobody                      without cookies
//	on 2027-03-01, on 2027-03-01 at 14:30
//	3 days later, 20 minutes later
//	do sign-in                     the cases of the file sign-in.txt of the folder of procedures
//
// Requests:
//
//	GET /en/…, POST /en/…          any method in capitals
//	send, send LABEL               the form of the person's last page, with everything in it, by its only button or the one of that label
//	click TEXT                     the link of that text on the person's last page
//	follow                         where the last answer leads to; also as a line within a case
//
// What goes along:
//
//	with Accept-Language: fr       a header
//	with title.en = Open budgets   a field; \n stands for a new line; the name or, in quotes, the label
//	with sdg = 5, with sdg = 16    several values of one field
//	without sdg                    nothing of that field (of a form that is sent)
//	with paper = file minutes.pdf (application/pdf): %PDF-1.7 …
//	with body: {"status":"limited"}
//	with bearer {token}
//
// Values: {NAME} stands for what was kept under that name, {code from NAME} for
// the one-time code (RFC 6238) of a secret; each is another one than before. Names that
// begin with my- belong to the person, the others to everybody.
//
//	keep NAME from SUBJECT ~ PATTERN    the first group, or all of what fits
//	keep NAME = VALUE
//	keep NAME from link TEXT            where the link leads to
//	keep NAME from field FIELD          what the form of the page holds
//
// Checks are SUBJECT SIGN VALUE. Signs are ==, !=, contains, !contains, ~ and !~
// (regular expressions). Subjects:
//
//	code, header NAME, location    of the answer
//	body, text, title              the bytes; what a reader sees; of the page
//	json PATH                      a value of a JSON answer: json items.0.status == late
//	mail ADDRESS                   the newest mail to an address, subject and text; what is kept comes from the newest that fits
//	mails ADDRESS                  how many went there
//
// and, as sentences: "page is sound" (the rules of htmlcheck), "record grew by
// VERB, VERB" or "record grew by nothing" (since the request, in any order),
// "record verifies".
//
// Errors name the file and the line.
//
// Invariants: every test has a database of its own; a request of which nothing
// is checked or kept is an error.
package webtest
