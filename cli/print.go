package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"unleash-invite/exit"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/mask"
)

// print writes the outcome of a command's work on the targets.
func (p *program) print(masked bool, head []string, targets []*target, codes []int) error {
	hide := &mask.Mask{On: masked && !p.shows}
	for _, t := range targets {
		hide.Learn(t.seen)
	}
	for n, t := range targets {
		t.report.Command, t.report.Exit = p.name, codes[n]
		if !p.streams || !t.many { // else it was told at once
			p.complain(hide, t)
		}
	}
	if p.streams {
		return nil
	}
	if p.json {
		for _, t := range targets {
			if err := p.printJSON(hide, t.report); err != nil {
				return err
			}
		}
		return nil
	}
	text := table(head, targets, p.quiet)
	if head == nil {
		text = texts(targets, p.quiet)
	}
	_, err := io.WriteString(p.out, hide.Hide(text))
	return err
}

// complain writes the notes and the error to standard error.
func (p *program) complain(hide *mask.Mask, t *target) {
	who := "unleash-invite: "
	if t.many {
		who += t.Profile + ": "
	}
	notes := t.notes
	if p.quiet {
		notes = nil
	}
	if t.err != nil {
		notes = append(notes, draw.Sentence(t.err))
	}
	p.telling.Lock()
	defer p.telling.Unlock()
	for _, note := range notes {
		_, _ = fmt.Fprintln(p.Stderr, who+hide.Hide(note))
	}
}

// printJSON writes a value as a line of its own.
func (p *program) printJSON(hide *mask.Mask, value any) error {
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return err
	}
	_, err := io.WriteString(p.out, hide.Hide(text.String()))
	return err
}

// texts are those of the targets; of many each has a row.
func texts(targets []*target, quiet bool) string {
	if len(targets) == 1 && !targets[0].many {
		return targets[0].text
	}
	var rows []*target
	for _, t := range targets {
		result := strings.TrimSpace(t.text)
		switch {
		case t.err != nil && quiet:
			continue
		case t.err != nil:
			result = draw.Sentence(t.err)
		case t.report.Skipped != "":
			result = t.report.Skipped
		}
		for line := range strings.Lines(result + "\n") {
			rows = append(rows, &target{rows: [][]string{{t.Profile, strconv.Itoa(t.report.Exit), strings.TrimSpace(line)}}})
		}
	}
	return table([]string{"PROFILE", "EXIT", "RESULT"}, rows, quiet)
}

// table aligns the rows of all targets under one head, which quiet leaves out. The last column may hold spaces.
func table(head []string, targets []*target, quiet bool) string {
	var text strings.Builder
	columns := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	many := len(targets) > 0 && targets[0].many
	row := func(profile string, cells []string) {
		if many {
			cells = append([]string{profile}, cells...)
		}
		for i, cell := range cells {
			if cell == "" {
				cells[i] = "-"
			}
		}
		_, _ = fmt.Fprintln(columns, strings.Join(cells, "\t"))
	}
	if !quiet {
		row("PROFILE", append([]string(nil), head...))
	}
	for _, t := range targets {
		if many && t.err != nil && !quiet {
			_, _ = fmt.Fprintln(columns, t.Profile+"\terror\t"+draw.Sentence(t.err))
		}
		for _, cells := range t.rows {
			row(t.Profile, cells)
		}
	}
	_ = columns.Flush()
	return text.String()
}

// ok is the exit code of an error that may be none.
func (t *target) ok(err error) int {
	if err == nil {
		return exit.OK
	}
	return t.fail(exit.Failure, err)
}
