//go:build race

package client

// scale divides the sizes of the tests with huge answers.
const scale = 32
