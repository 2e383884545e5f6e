package session

import (
	"context"

	"unleash-invite/model"
)

// Instance is an Unleash instance that the program works on with somebody's credential.
type Instance struct {
	// API is the instance.
	API API
	// Host is its address as the header shows it, Address the whole of it.
	Host, Address string
	// Profile is its name among the profiles; empty when it has none.
	Profile string
	// ReadOnly reports whether its profile turns every write off.
	ReadOnly bool
	// Production reports whether a mistake here would be felt: the header shows it, and
	// rotating and deleting ask for the profile's name.
	Production bool
	// Way is how it is reached, beside its address.
	Way model.Way
	// Demo reports that its links lead nowhere.
	Demo bool
}

// Profile is a remembered instance without its credential.
type Profile struct {
	Name, Address string
	// TokenFrom says where its token comes from, as in "the system keyring".
	TokenFrom string
	// KeepsToken reports whether another token can be put there in its place.
	KeepsToken bool
	// MayAsk reports whether getting its token may take the user's answer in the terminal.
	MayAsk bool
	// Default reports whether it is the one to start with.
	Default, ReadOnly, Production bool
}

// SignedIn is an instance with a credential that was checked: its user is an Admin.
type SignedIn struct {
	Instance Instance
	User     model.User
	Server   model.Server
}

// Keep tells where a profile's token is to be kept.
type Keep int

// The places for a token. The profiles file holds a token only with KeepInFile.
const (
	KeepInKeyring Keep = iota
	KeepInCommand
	KeepInEnvironment
	KeepInFile
)

// Remembering holds the choices that make an instance a profile.
type Remembering struct {
	Name, Address, Token string
	Keep                 Keep
	// From is the command or the variable's name for KeepInCommand and KeepInEnvironment.
	From                          string
	Default, ReadOnly, Production bool
}

// Instances is where the program finds instances and remembers them. An
// error's text is one sentence; it may have a Hint, as the API's have.
type Instances interface {
	// Profiles lists the remembered instances in the order of their file.
	Profiles() ([]Profile, error)
	// Open gets the profile's token from where it is kept and makes its instance ready; it asks the server
	// nothing. Only with ask may it use the terminal, as a token's command does that wants a passphrase:
	// the screen is away then. Without, such a command must find no terminal, and fails. What was opened
	// before is ready at once, as long as the profile is the same. An error with Locked() true is that of a keyring which
	// waits for the user with ask.
	Open(ctx context.Context, profile string, ask bool) (Instance, error)
	// Find looks for Unleash at the address, and at its obvious variants when nothing of Unleash answers there, and
	// returns the address where it is.
	Find(ctx context.Context, address string) (model.Found, error)
	// SignIn checks that the token is an Admin's on the instance at the address.
	SignIn(ctx context.Context, address, token string) (SignedIn, error)
	// Remember makes the instance a profile, in place of one of the same name.
	Remember(ctx context.Context, r Remembering) error
	// KeepToken puts another token where the profile keeps its own.
	KeepToken(ctx context.Context, profile, token string) error
	// CanKeep says where a token can be kept on this machine, the best place first.
	CanKeep(ctx context.Context) []Keep
}
