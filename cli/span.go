package cli

import (
	"errors"
	"regexp"
	"strconv"
	"sync"
	"time"

	"github.com/spf13/pflag"
)

// span is a flag's stretch of time, which may be in days and weeks, too. Without the flag it is 0.
type span time.Duration

// spanFlag adds a flag that takes a span.
func spanFlag(flags *pflag.FlagSet, value *time.Duration, name, usage string) {
	flags.Var((*span)(value), name, usage)
}

// longUnits finds the days and weeks in a span, which Go's durations lack.
var longUnits = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[0-9]{1,4}[dw]`) })

// Set implements pflag.Value. No span at all, or one that has passed, would mean everybody and always.
func (s *span) Set(text string) error {
	hours := map[byte]int{'d': 24, 'w': 7 * 24}
	d, err := time.ParseDuration(longUnits().ReplaceAllStringFunc(text, func(part string) string {
		n, _ := strconv.Atoi(part[:len(part)-1]) // four digits at most
		return strconv.Itoa(n*hours[part[len(part)-1]]) + "h"
	}))
	if err != nil || d <= 0 {
		return errors.New("takes a span such as 90m, 48h, 2d or 1w")
	}
	*s = span(d)
	return nil
}

// String implements pflag.Value.
func (s *span) String() string {
	if *s == 0 {
		return ""
	}
	return time.Duration(*s).String()
}

// Type implements pflag.Value.
func (*span) Type() string { return "span" }
