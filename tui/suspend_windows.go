package tui

// continueProcess has nothing to do: Bubble Tea does not suspend on Windows.
func continueProcess() {}
