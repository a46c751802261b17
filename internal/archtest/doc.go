// Package archtest holds the rules of the house as tests: who imports whom, how
// long files may be, where a clock may be read. It has no code of its own.
package archtest
