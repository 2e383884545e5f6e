package draw

import "testing"

func TestListingKeepsTheChosenRowInSight(t *testing.T) {
	for height := 1; height < 8; height++ {
		var l List
		for _, by := range []Move{
			LineDown, LineDown, PageDown, LineUp, LineDown, ToLast, LineUp, LineUp, PageUp, PageUp, LineDown, ToFirst, LineDown, ToLast, ToFirst, LineDown,
		} {
			l.Move(by, 10, height)
			if from, to := l.Seen(10, height); l.Chosen < from || l.Chosen >= to || to-from != height {
				t.Errorf("height %d, after %d: %d is chosen, %d to %d are seen", height, by, l.Chosen, from, to)
			}
		}
	}
}
