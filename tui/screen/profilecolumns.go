package screen

import "unleash-invite/tui/draw"

// profileColumns are the widths of a profile's cells. Where they don't fit in one row, address and marks stand in another.
type profileColumns struct {
	name, status, stops, address, marks int
	apart                               bool
}

// The margin of a profile's row; the least and the most that its name gets where the row has to share; the most room for
// the reason why nothing is known.
const (
	profileMargin = 3
	leastName     = 16
	mostName      = 24
	mostReason    = 44
)

// columns measures what all profiles need, so that the columns stay where they are while the list moves.
func (s *profiles) columns(f Frame) profileColumns {
	c := profileColumns{status: 11, stops: 13}
	reason := c.stops
	for i := range s.rows {
		row := &s.rows[i]
		status, _, _, wrong := row.status(f)
		c.status = max(c.status, len(status.String())+4)
		reason = max(reason, min(draw.Width(wrong)+2, mostReason))
		c.name = max(c.name, draw.Width(row.Name)+1)
		c.address = max(c.address, draw.Width(shortAddress(row.Address))+2)
		c.marks = max(c.marks, draw.Width(row.marks(f)))
	}
	room := f.Width - 1 - profileMargin - c.status - c.stops - c.marks
	switch {
	case c.name+c.address <= room:
		c.stops = min(c.stops+room-c.name-c.address, reason)
	case room-c.address >= leastName:
		c.name = room - c.address
	default:
		return c.inTwoRows(f)
	}
	return c
}

func (c profileColumns) inTwoRows(f Frame) profileColumns {
	c.apart = true
	c.status--
	c.stops = 12
	room := f.Width - profileMargin - c.status - c.stops
	c.name = min(room, max(c.name, mostName))
	c.stops += room - c.name
	c.address = f.Width - 1 - profileMargin - c.marks
	return c
}

// rows is how many rows a profile takes.
func (c profileColumns) rows() int {
	if c.apart {
		return 2
	}
	return 1
}
