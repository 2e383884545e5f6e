package tui

import "testing"

func TestTheDemosCodeSaysThatItLeadsNowhere(t *testing.T) {
	for _, demo := range []bool{true, false} {
		for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
			for _, keys := range [][]string{{"g"}, {}} {
				d := start(t, size[0], size[1], live("default", "Ann"))
				d.m.session.Instance.Demo = demo
				d.press(keys...)
				const says = "this is a demo: the code leads nowhere"
				switch shown := len(keys) > 0 || size[0] >= 120; {
				case demo && shown:
					d.shows(says)
				default:
					d.hides(says)
				}
			}
		}
	}
}
