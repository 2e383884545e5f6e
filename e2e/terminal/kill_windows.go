package terminal

import "os"

// kill is never reached, since there are no pseudo-terminals here to start a program in.
func kill(program *os.Process) { _ = program.Kill() }
