package tui

import "strings"

// attacks are the texts that would harm a careless terminal or its reader.
func attacks() []string {
	all := []string{
		"Eve\x1b]52;c;ZXZpbA==\x07\x1b[31m\u202egnp", "\x1b[41m\x1b[3J\x1b[2J\x1b[H", "\x1b]0;title\x1b\\", "\x1b]8;;https://evil.example\x1b\\x\x1b]8;;\x1b\\",
		"\x1bP+q544e\x1b\\", "\x1b_Gf=24;AAAA\x1b\\", "\x1b^private\x1b\\", "\x1bXstart\x1b\\", "\x1b[6n\x1b[c\x1b[>c", "\x1b]52;c;?\x07", "\x1bc", "\x1b[?1049l",
		"\u009b31m\u009d0;t\u009c\u0090q\u009c\u009fx\u009c\u009ex\u009c\u0098x\u009c", "\x9b31m\x9d0;t\x9c\x90q\x9c\x9fx\x9c\x9ex\x9c\x98x\x9c",
		`\u001b[41m\u001b]52;c;ZXZpbA==\u0007\u009b41m`, `\ud800`, `\udfff\ud800x`, `\udb40\udc41`, `\u202e\u2066\u200b\ufeff\u0000`,
		"\xc0\x9b[41m", "\xe0\x82\x9b41m", "\xf0\x80\x82\x9b41m", "\xc1\x9b", "\xed\xa0\x80\xed\xbf\xbf", "\xf4\x90\x80\x80", "\xfe\xff", "\xc2",
		"\r\nroot:", "a\r\n\r\nHTTP/1.1 200 OK", "\t\v\f\u0085\u2028\u2029", "-1", "99999999999999999999", "Wed, 21 Oct 2099 07:28:00 GMT",
		"javascript:alert(1)", "file:///etc/passwd", "https://a:b@evil.example/", "https://fl\u0430gs.acme.io/", "//evil.example", "", " ", "\x00",
		strings.Repeat("長", 3000), strings.Repeat("Z\u0301", 3000), strings.Repeat("\u0301", 99), "%s%n%d\\u001b[41m", "<script>", `"},{"secret":"x`,
		"👩\u200d👩\u200d👧\u200d👦👍🏽🇩🇪❤\ufe0f1\ufe0f\u20e3", "क्षि น้ำ ｱﾞ 한", "\u3164\u115f\u1160\uffa0\u034f\u00ad\u180e", "\ue000\U000f0000\U0010ffff\ufdd0\uffff",
	}
	var c0, c1, c1Bytes, bidi, variation, tags strings.Builder
	for r := range rune(0x20) {
		if r != 0x1b { // it would take the others along
			c0.WriteRune(r)
		}
		c1.WriteString("x" + string(0x80+r))
		c1Bytes.WriteString("x" + string([]byte{byte(0x80 + r)}))
	}
	for _, r := range "\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206f\ufeff\ufff9\ufffb" {
		bidi.WriteString("x" + string(r))
	}
	for r := rune(0xfe00); r <= 0xfe0f; r++ {
		variation.WriteString("x" + string(r) + string(r-0xfe00+0xe0100))
	}
	for r := rune(0xe0000); r <= 0xe007f; r++ {
		tags.WriteString("x" + string(r))
	}
	all = append(all, c0.String()+"\x7f", c1.String(), c1Bytes.String(), bidi.String(), variation.String(), tags.String())
	for b := byte(0x20); b < 0x7f; b++ { // each escape sequence of two bytes, left open
		all = append(all, "a\x1b"+string(b)+"b")
	}
	return all
}
