package main

import "regexp"

// query is a question to the terminal.
type query struct {
	end    int // the index behind it
	answer string
}

// asking holds a group for each kind of query.
var asking = regexp.MustCompile(
	`(\x1b\[0?c)` + // primary device attributes
		`|(\x1b\[[>=]0?c)` + // secondary and tertiary
		`|(\x1b\[6n)` + // where the cursor is
		`|(\x1b\[\??[0-9]+n)` + // other status reports
		`|(\x1b\[\??[0-9]+\$p)` + // whether a mode is known
		`|(\x1b\[\?u)` + // the kitty keyboard protocol's flags
		`|(\x1b\[>0?q)` + // name and version
		`|(\x1b\[1[468]t)` + // sizes
		`|(\x1b\](?:4;[0-9]+|1[0-9]);\?(?:\x07|\x1b\\))` + // colours
		`|(\x1bP[+$]q[^\x1b]*\x1b\\)` + // a terminfo capability, a setting
		`|(\x1b_G[^\x1b]*\x1b\\)`, // kitty's graphics
)

// answers are those of an ordinary terminal, in the order of the groups.
func answers() []string {
	return []string{
		"\x1b[?62;22c", "\x1b[>1;10;0c", "\x1b[1;1R", "\x1b[0n", "\x1b[?2026;2$y", "\x1b[?0u",
		"\x1bP>|bench\x1b\\", "\x1b[8;24;80t", "\x1b]11;rgb:1c1c/1c1c/1c1c\x1b\\", "\x1bP0+r\x1b\\", "\x1b_Gi=31;OK\x1b\\",
	}
}

// queries are those in the output, in order.
func queries(output []byte) []query {
	var found []query
	for _, at := range asking.FindAllSubmatchIndex(output, -1) {
		for group, answer := range answers() {
			if at[2*group+2] >= 0 {
				found = append(found, query{at[1], answer})
			}
		}
	}
	return found
}
