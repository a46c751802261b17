// Package fetch asks untrusted addresses over HTTP: the address of a webhook, a
// link that somebody gave as evidence.
//
// It is not for services that the operator configured.
//
// Invariants: nothing inside the network is ever connected to, whatever name,
// form of address, redirect or change of a name leads there, because the very
// address that was checked is the one that is dialled; no credentials, cookies
// or proxies; what is read has a bound, and so have time and redirects.
package fetch
