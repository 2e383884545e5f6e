package main

import (
	"errors"
	"slices"
	"testing"
	"time"
)

func TestMedian(t *testing.T) {
	tests := []struct {
		all  []float64
		want float64
	}{
		{nil, 0},
		{[]float64{3}, 3},
		{[]float64{9, 1, 4}, 4},
		{[]float64{9, 1, 4, 5}, 4.5},
	}
	for _, test := range tests {
		given := slices.Clone(test.all)
		if got := median(test.all); got != test.want {
			t.Errorf("median of %v: %v, want %v", test.all, got, test.want)
		}
		if !slices.Equal(test.all, given) {
			t.Errorf("%v became %v: pairs would be torn apart", given, test.all)
		}
	}
}

func TestPercentile(t *testing.T) {
	var hundred, two []int
	for i := range 100 {
		hundred = append(hundred, 100-i)
	}
	two = append(two, 7, 5)
	tests := []struct {
		all     []int
		percent float64
		want    int
	}{
		{nil, 99, 0}, {hundred, 99, 99}, {hundred, 50, 50}, {hundred, 100, 100}, {hundred, 0, 1},
		{two, 99, 7}, {two, 50, 5}, {two, 51, 7},
	}
	for _, test := range tests {
		if got := percentile(test.all, test.percent); got != test.want {
			t.Errorf("%v of a hundred of %d: %d, want %d", test.percent, len(test.all), got, test.want)
		}
	}
}

// A machine that gets slower from round to round changes both sides alike.
func TestRatioIsThatOfPairs(t *testing.T) {
	a := []time.Duration{2, 40, 600}
	b := []time.Duration{1, 20, 200}
	if got := ratio(a, b); got != 2 {
		t.Errorf("%v, want 2: the ratio of the medians would be that, too, but not the mean's", got)
	}
	if got := ratio([]time.Duration{10, 10, 90}, []time.Duration{1, 20, 30}); got != 3 {
		t.Errorf("%v, want 3: that of the medians is 0.5", got)
	}
}

func TestInTurns(t *testing.T) {
	var order []byte
	called := func(name byte) func() (time.Duration, error) {
		return func() (time.Duration, error) {
			order = append(order, name)
			return time.Duration(len(order)), nil
		}
	}
	taken, err := inTurns(2, called('a'), called('b'))
	if err != nil || string(order) != "abbaab" {
		t.Errorf("the order is %s, want each side first in turn (%v)", order, err)
	}
	if want := []time.Duration{4, 5}; !slices.Equal(taken[0], want) {
		t.Errorf("of a: %v, want %v: the first round does not count", taken[0], want)
	}
	failure := errors.New("broken")
	if _, err := inTurns(1, called('a'), func() (time.Duration, error) { return 0, failure }); !errors.Is(err, failure) {
		t.Errorf("%v, want what was broken", err)
	}
}
