package model

// Found is where Unleash answers, and how that differs from the address that was typed. Without any difference, or
// with Cut alone, it can be taken without asking.
type Found struct {
	// Address is the instance's base address.
	Address string
	// Cut means that the rest of what was typed is no part of it: a page of the Admin UI, an invite link, a query.
	Cut bool
	// Guessed means that its port or path was not typed: ask before a token goes there.
	Guessed bool
	// Insecure means that it is an http address that was not asked for, so that a token would travel unencrypted:
	// go there only when http:// was typed.
	Insecure bool
}
