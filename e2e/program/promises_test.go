package program

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// notOurs is for sentences of SECURITY.md that promise nothing of the program.
const notOurs = ""

// promises has for each sentence of SECURITY.md, by its beginning, the tests that hold it, by their packages and names.
func promises() [][2]string {
	return [][2]string{
		{"unleash-invite holds the credential", notOurs},
		{"This page says", notOurs},
		{"what | where", notOurs},
		{"the instances that you asked", "tui.TestNothingIsRememberedUnasked config.TestSave config.TestUnsafeFilesAreRefused config.TestFilesThatOthersMayChangeAreRefusedAlways"},
		{"the token of such an instance", "tui.TestWhereTheTokenIsKept config.TestKeyring config.TestTokenByCommand config.TestTokenByVariable"},
		{"the headers that a gateway", "config.TestHeadersAreRead config.TestAHeaderInTheFileIsGuardedAsATokenIs"},
		{"Several starts may save at once", "config.TestSaversAtOnceKeepAll config.TestALockedFileIsWaitedForAndThenSaid"},
		{"The file is replaced as a whole", "config.TestTheFileIsReplacedAsAWhole"},
		{"On Windows the modes mean nothing", notOurs},
		{"With `--debug FILE`", "config.TestADebugFileIsForItsOwnerAlone client.TestDebugTellsRequestsAndNoSecrets tui.TestDebugTellsKeysButNotWhatIsTyped"},
		{"Nothing else: no cache", "e2e/program.TestWithoutAProfileNothingIsWrittenAndNobodyElseIsAsked"},
		{"Without a profile nothing", "e2e/program.TestWithoutAProfileNothingIsWrittenAndNobodyElseIsAsked"},
		{"No flag takes a token", "e2e/program.TestNoFlagTakesAToken"},
		{"Messages and errors never hold", "client.TestTheCredentialIsTakenOutByType client.TestCredentialIsNotPrinted client.TestAHeaderIsRedactedWherever config.TestSecretIsNotPrinted"},
		{"`UNLEASH_TOKEN` and the variables", "e2e/program.TestChildrenOfTheProgramGetNothingOfOurs " +
			"e2e/program.TestClipboardProgramsGetNothingOfOurs e2e/program.TestTheCommandOfAnEventGetsNoToken"},
		{"Core dumps are off", "e2e/program.TestChildrenOfTheProgramGetNothingOfOurs"},
		{"A `token_command` is run", "config.TestTokenByCommand config.TestUnsafeFilesAreRefused"},
		{"What it complains of", "config.TestACommandsComplaintIsNotRepeated"},
		{"Only where it may ask", "config.TestACommandFindsNoTerminalUnlessAllowed"},
		{"Its processes end", "config.TestKilledWhileACommandHangsItsChildrenEnd"},
		{"The commands of `headers`", "config.TestAHeadersValueThatCantBeSent"},
		{"Requests go to the instance", "e2e/program.TestWithoutAProfileNothingIsWrittenAndNobodyElseIsAsked"},
		{"The token goes in the `Authorization`", "client.TestHeaders instances.TestATokenForAnotherAddressRenewsNone"},
		{"Redirects are not followed", "client.TestRedirectIsNotFollowed"},
		{"A profile's `headers` go", "client.TestHeadersGoToTheirAddressAlone client.TestProxiesAreNamed instances.TestTheWayToAnAddressIsThatOfItsProfile"},
		{"Their values are treated", "client.TestHeadersForAGateway config.TestChildrenGetNoHeader"},
		{"The secret of an invite link goes", "client.TestValidate"},
		{"While the first address", "client.TestFindTriesTheVariants"},
		{"`HTTPS_PROXY`, `HTTP_PROXY`", "client.TestProxiesAreNamed"},
		{"Certificates are always checked", "client.TestDistrust client.TestFindNeverLeavesTLSForPlainHTTP"},
		{"An `http://` address sends", "tui.TestAnUnencryptedSessionSaysSoOnEveryScreen tui.TestHTTPToAnotherMachineWarns"},
		{"Use it for servers", notOurs},
		{"Whoever joins chooses", notOurs},
		{"Every text that the server sends", "client.TestClean client.TestCleanEveryRune client.TestCleanLimits client.TestWireTypesAreSafe"},
		{"E-mails and the names of roles", "client.TestAccountsAreReadAndMadeSafe"},
		{"A link that is not a plain web address", "tui.TestAHostileAddressIsNeverCopied tui.TestWhatIsNoWebAddressIsNeitherShownNorCopied"},
		{"Answers are bounded", "client.TestHugeAnswers client.TestHugeRefusal e2e/scale.TestEscStopsTheLoad"},
		{"The terminal is asked nothing", "tui/terminal.TestTerminalDropsQueriesAndKeyboardModes e2e/hygiene.TestLeavingInEveryPlace " +
			"e2e/program.TestAPanicLeavesTheTerminalAsFoundAndIsReported e2e/hygiene.TestTheTerminalVanishes"},
		{"Whoever had the link may", "e2e.TestAfterALeak"},
		{"Removing the account", "e2e.TestAfterALeak tui.TestMarkedAccountsAreRemoved cli.TestRemoveTakesOutWhoJoined"},
		{"| ends at once", notOurs},
		{"deleting or rotating the link", "e2e.TestAfterALeak"},
		{"removing an account | its sessions", "e2e.TestAfterALeak"},
		{"**While a link is live a removed", "client.TestContractOnDemo e2e.TestContract"},
		{"Rotate it, and mind", notOurs},
		{"**Up to Unleash 6 every account", "demo.TestAViewerReadsSecretsOnOlderVersions client.TestContractOnDemo e2e.TestContract"},
		{"There accounts go first", "tui.TestWhereAViewerCanReadTheNewSecretTheAccountsMayGoFirst"},
		{"Where the version is not known", "model.TestViewersReadSecrets"},
		{"**Single sign-on:**", notOurs},
		{"A stranger can have taken", notOurs},
		{"Look at the e-mails", notOurs},
		{"**Password sign-in switched off", "client.TestContractOnDemo e2e.TestContract"},
		{"**Maintenance mode protects", "client.TestContractOnDemo e2e.TestContract"},
		{"The program says so in red", "tui.TestMaintenanceIsRedWhereALinkIsLive tui.TestMaintenanceModeIsSwitchedOffToDeleteALink"},
		{"An account that an identity provider", "client.TestRemovalsThatAreRefused"},
		{"Your own account, and those", "tui.TestNobodyRemovesTheirOwnAccount cli.TestRemoveTakesOutWhoJoined"},
		{"A removal looks at each account", "e2e.TestARemovalCutAtEachRequest tui.TestARemovalCutAtEachRequestTellsWhatTheServerHas"},
		{"One whose answer was lost", "tui.TestARemovalOfWhichNobodyKnowsIsToldAsSuch tui.TestARemovalThatFailsIsToldAndGoesOn"},
		{"Only the invite link is copied", "tui.TestCopyKey tui.TestTheLinkOfARotationIsCopiedLast tui.TestTheShownRotationIsWhatWasSent tui.TestSelectedRowsArePasted"},
		{"It goes to tmux", "e2e/clipboard.TestTmux e2e/clipboard.TestOverSSH e2e/clipboard.TestXServer tui/clipboard.TestClipboardChain"},
		{"The clipboard is never read", "e2e/hygiene.TestEveryScreenWritesAllowedSequencesAlone main.TestNothingReadsTheClipboard"},
		{"Everyone with the link can join", notOurs},
		{"Programs of the same user", notOurs},
		{"Clipboard managers", notOurs},
		{"Other users of the same tmux", notOurs},
		{"`checksums.txt` has", "e2e/release.TestRelease"},
		{"The release workflow signs it", "e2e/release.TestTheReleaseIsSignedAttestedAndLooksForFlaws"},
		{"The job that may write", "e2e/release.TestWorkflowsRunWhatWasLookedAt"},
		{"Actions are pinned", "e2e/release.TestWorkflowsRunWhatWasLookedAt"},
		{"`unleash-invite_VERSION_sbom.cdx.json`", "e2e/release.TestRelease"},
		{"Archives and packages are reproducible", "e2e/release.TestRelease"},
		{"Please report it privately", notOurs},
		{"Don't open a public issue", notOurs},
		{"Say which version", notOurs},
		{"Fixes are made", notOurs},
	}
}

// sentences are those of a page, its headings and commands left out.
func sentences(markdown string) []string {
	markdown = regexp.MustCompile("(?s)```.*?```").ReplaceAllString(markdown, "")
	markdown = regexp.MustCompile(`(?m)^(#.*|[| -]*)$`).ReplaceAllString(markdown, "")
	markdown = regexp.MustCompile(`(?m)^\| (.*) \|$`).ReplaceAllString(markdown, "\n\n$1\n\n")
	markdown = strings.ReplaceAll(markdown, "\n- ", "\n\n")
	var all []string
	for _, block := range regexp.MustCompile(`\n\n+`).Split(markdown, -1) {
		all = append(all, strings.SplitAfter(strings.Join(strings.Fields(block), " "), ". ")...)
	}
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

// TestEveryPromiseHasItsTest compares SECURITY.md with the tests.
func TestEveryPromiseHasItsTest(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(checkout, "SECURITY.md"))
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string]bool{}
	for _, sentence := range sentences(string(page)) {
		at := slices.IndexFunc(promises(), func(p [2]string) bool { return strings.HasPrefix(sentence, p[0]) })
		if at < 0 {
			t.Errorf("no test holds this sentence of SECURITY.md, so name one in promises():\n%s", sentence)
			continue
		}
		kept[promises()[at][0]] = true
	}
	for _, p := range promises() {
		if !kept[p[0]] {
			t.Errorf("SECURITY.md has no sentence any more that begins with: %s", p[0])
		}
		for name := range strings.FieldsSeq(p[1]) {
			if !isTest(t, name) {
				t.Errorf("%s: there is no test %s", p[0], name)
			}
		}
	}
}

// isTest reports whether a package has the test, given as folder.TestName.
func isTest(t *testing.T, name string) bool {
	t.Helper()
	folder, function, _ := strings.Cut(name, ".")
	if folder == "main" {
		folder = "."
	}
	files, err := filepath.Glob(filepath.Join(checkout, folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(files, func(path string) bool {
		text, err := os.ReadFile(path)
		return err == nil && strings.Contains(string(text), "\nfunc "+function+"(t *testing.T) {\n")
	})
}
