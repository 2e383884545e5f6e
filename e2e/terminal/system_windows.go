package terminal

import "os"

// There are no pseudo-terminals here to start a program in, so none of these is reached.

func kill(program *os.Process) { _ = program.Kill() }

func closable(file *os.File) (*os.File, error) { return file, nil }

func resize(*os.File, int, int) error { return nil }
