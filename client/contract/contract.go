// Package contract says how Unleash behaves and how client sees it, as one list
// of cases that runs against any Unleash: the one in memory and real ones.
package contract

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"unleash-invite/client"
)

// Target is an Unleash for tests. It may hold anything already; while the
// cases run nobody else may use it, since some set its live links aside.
type Target struct {
	// URL is the base URL, with a path or without.
	URL string
	// Transport leads there; nil means http.DefaultTransport.
	Transport http.RoundTripper
	// AdminToken is the credential of an Admin: a personal access token or an admin API token.
	AdminToken string
	// ViewerToken is the personal access token of a user who is no Admin.
	ViewerToken string
	// ClientToken is an API token for SDKs.
	ClientToken string
	// SetPasswordSignIn switches signing in with a password on or off.
	SetPasswordSignIn func(ctx context.Context, on bool) error
	// Version is that of a real server, such as "4.19.5"; empty means one like the newest.
	Version string
}

// Run runs every case as a subtest, one after the other. The tokens that they
// make are deleted in the end; the people who join stay, under e-mails that
// nobody else has.
func Run(t *testing.T, target Target) {
	target.URL = strings.TrimRight(target.URL, "/")
	if target.Transport == nil {
		target.Transport = http.DefaultTransport
	}
	s := &suite{target: target, major: target.major(t), http: &http.Client{Transport: target.Transport, Timeout: time.Minute}}
	s.admin, s.viewer = s.client(t, target.AdminToken), s.client(t, target.ViewerToken)
	for _, c := range cases() {
		t.Run(c.name, func(t *testing.T) { c.run(t, s) })
	}
}

// suite is shared by the cases.
type suite struct {
	target        Target
	major         int // of the target's version
	http          *http.Client
	admin, viewer *client.Client
}

func (s *suite) client(t *testing.T, credential string) *client.Client {
	t.Helper()
	c, err := client.New(s.target.URL, credential, client.WithTransport(s.target.Transport))
	if err != nil {
		t.Fatalf("client.New: %v", err)
	}
	return c
}

// testCase is one thing that is so on every Unleash. "rule 3" in a name is
// the third of the rules that surprise, as the project's notes on the API count them.
type testCase struct {
	name string
	run  func(*testing.T, *suite)
}

func cases() []testCase { return append(rawCases(), safeCases()...) }

// rawCases are about one call each.
func rawCases() []testCase {
	return []testCase{
		{"reading: health", health},
		{"reading: an Admin is known as one", whoAmIAdmin},
		{"reading: a Viewer is known as none", whoAmIViewer},
		{"reading: the instance tells its version and address", instance},
		{"reading: the sign-up page is below the base path alone", signUpPage},
		{"reading: the list holds a new token", listHoldsToken},
		{"reading: an unchanged list is not sent again", listHasETag},
		{"reading: what caches are told by us makes an unchanged list whole, or not", listForCaches},
		{"reading: one token", oneToken},
		{"reading: one token is as in the list", oneAsInList},
		{"reading: a secret that does not exist", unknownSecret},
		{"reading: a path that does not exist", unknownPath},
		{"reading: personal tokens are told their rate limit", rateLimitHeaders},

		{"creating: the answer is the token", createAnswer},
		{"creating: rule 1: several links are live at once", severalLive},
		{"creating: rule 2: a link that the Admin UI hides lets people in", hiddenLinkWorks},
		{"creating: rule 3: the expiry is cut to a month", createIsCapped},
		{"creating: rule 6: an expiry in the past and no name", pastAndNameless},
		{"creating: times keep their milliseconds and lose their zone", timesAreNormalized},
		{"creating: what is missing or malformed", createRefused},

		{"validating: rule 4: a new link stops at the start of its day", dayRuleOnCreate},
		{"validating: rule 4: a changed link stops at the start of its day", dayRuleOnUpdate},
		{"validating: needs no authorization", validateIsPublic},
		{"validating: rule 17: a verdict is empty, and says nothing to caches", verdictIsBare},

		{"updating: rule 3: the expiry is not cut", updateIsNotCapped},
		{"updating: rule 5: a link stays enabled after its expiry", enabledAfterExpiry},
		{"updating: rule 7: a change of nothing", emptyUpdate},
		{"updating: the answer has neither role nor people", updateAnswerIsBare},
		{"updating: delete and restore", deleteAndRestore},
		{"updating: DELETE does not exist", noDelete},
		{"updating: what is malformed", updateRefused},

		{"joining: rule 9: people are listed without e-mail", signUp},
		{"joining: the same person twice", signUpTwice},
		{"joining: through a link that is not valid", signUpInvalid},
		{"joining: what is missing or malformed", signUpRefused},
		{"joining: rule 8: names come back byte for byte", hostileNames},
		{"joining: rule 8: the client makes names safe", hostileNamesMadeSafe},
		{"joining: a NUL can't be stored", nulIsRefused},

		{"events: rule 10: who did what, newest first", eventsOfALink},
		{"events: pages", eventPages},
		{"events: the client knows when people joined", joinTimes},
		{"events: a Viewer sees none about links", viewerSeesNoEvents},

		{"refusals: no authorization", noAuthorization},
		{"refusals: a wrong token", wrongToken},
		{"refusals: a Viewer's token", viewerToken},
		{"refusals: an SDK's token", sdkToken},
		{"refusals: a body that is not JSON", brokenBody},
		{"refusals: a content type that is not JSON", wrongContentType},
	}
}

// safeCases are about what is made of several calls.
func safeCases() []testCase {
	return []testCase{
		{"signing in: Unleash is found at its address and its variants", findVariants},
		{"signing in: an Admin, and who is none", signIn},

		{"operations: look says what the server says", lookVerifies},
		{"operations: create on a free instance retires leftovers", createLink},
		{"operations: create is refused while a link lives", createLinkInTheWay},
		{"operations: change the expiry", changeExpiry},
		{"operations: delete and restore", deleteAndRestoreLink},
		{"operations: rotate", rotateLink},

		{"accounts: who joined, their roles and when", listAccounts},
		{"accounts: rule 13: remove", removeAccounts},
		{"accounts: our own is never removed", keepOwnAccount},
		{"accounts: change the role", changeRole},
		{"accounts: rule 12: maintenance mode", maintenance},
		{"accounts: rule 13: sessions and tokens end with the account", sessionsEnd},
		{"accounts: rule 11: without password sign-in people still sign up", noPasswordSignIn},
		{"accounts: rule 14: who reads the secrets of new links", secretsForEveryone},
	}
}
