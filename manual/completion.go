package manual

import (
	"fmt"
	"strings"

	"unleash-invite/config"
)

// Completion returns the completions for one of config.Shells, to be sourced or put where the shell looks; nothing for another.
func Completion(shell string) string {
	switch shell {
	case "bash":
		return bash()
	case "zsh":
		return zsh()
	case "fish":
		return fish()
	case "powershell":
		return powershell()
	}
	return ""
}

// bash is careful to run in the bash 3.2 of macOS, and needs no helper of the bash-completion package.
func bash() string {
	var cases strings.Builder
	for _, f := range config.Flags() {
		switch {
		case f.Argument == "":
		case f.Values == config.Files:
			fmt.Fprintf(&cases, "  --%s) return ;; # bash itself completes files\n", f.Name)
		case f.Values == config.ProfileNames:
			fmt.Fprintf(&cases, `  --%s)
    while IFS= read -r name; do
      case $name in "$cur"*) COMPREPLY[${#COMPREPLY[@]}]=$(printf %%q "$name") ;; esac
    done < <("$1" --profiles 2>/dev/null) ;;
`, f.Name)
		default:
			fmt.Fprintf(&cases, "  --%s) words='%s' ;;\n", f.Name, strings.Join(f.Choices, " "))
		}
	}
	return `# bash completion of unleash-invite
_unleash_invite() {
  local cur=${COMP_WORDS[COMP_CWORD]} flag=${COMP_WORDS[COMP_CWORD-1]} words= name
  # To bash the = of --flag=value is a word.
  if [ "$cur" = = ]; then
    cur=
  elif [ "$flag" = = ]; then
    flag=${COMP_WORDS[COMP_CWORD-2]}
  fi
  COMPREPLY=()
  case $flag in
` + cases.String() + `  *) words='` + strings.Join(names(), " ") + `' ;;
  esac
  [ -z "$words" ] || COMPREPLY=($(compgen -W "$words" -- "$cur"))
  compopt +o default 2>/dev/null # no files where none is meant
}
complete -o default -F _unleash_invite unleash-invite
`
}

func names() []string {
	var names []string
	for _, f := range config.Flags() {
		names = append(names, "--"+f.Name)
	}
	return names
}

func zsh() string {
	var specs strings.Builder
	special := strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, ":", `\:`, "'", `'\''`)
	for _, f := range config.Flags() {
		spec := fmt.Sprintf("--%s[%s]", f.Name, special.Replace(f.Meaning))
		if f.Argument != "" {
			values := "( )" // nothing: zsh would take an empty action for one of its own
			switch {
			case f.Values == config.Files:
				values = "_files"
			case f.Values == config.ProfileNames:
				values = `{compadd -- ${(f)"$(${words[1]} --profiles 2>/dev/null)"}}`
			case len(f.Choices) > 0:
				values = "(" + strings.Join(f.Choices, " ") + ")"
			}
			spec = fmt.Sprintf("--%s=[%s]:%s:%s", f.Name, special.Replace(f.Meaning), f.Argument, values)
		}
		fmt.Fprintf(&specs, " \\\n    '%s'", spec)
	}
	return `#compdef unleash-invite
_unleash-invite() {
  _arguments` + specs.String() + `
}
# Found on fpath this file is the function; sourced it says what the function is for.
if [ "${funcstack[1]}" = _unleash-invite ]; then
  _unleash-invite "$@"
else
  compdef _unleash-invite unleash-invite
fi
`
}

func fish() string {
	var text strings.Builder
	text.WriteString("# fish completion of unleash-invite\ncomplete -c unleash-invite -f\n")
	special := strings.NewReplacer(`\`, `\\`, "'", `\'`)
	for _, f := range config.Flags() {
		values := ""
		switch {
		case f.Argument == "":
		case f.Values == config.Files:
			values = " -r -F"
		case f.Values == config.ProfileNames:
			values = " -x -a '(unleash-invite --profiles 2>/dev/null)'"
		case len(f.Choices) > 0:
			values = " -x -a '" + strings.Join(f.Choices, " ") + "'"
		default:
			values = " -x"
		}
		fmt.Fprintf(&text, "complete -c unleash-invite -l %s%s -d '%s'\n", f.Name, values, special.Replace(f.Meaning))
	}
	return text.String()
}

func powershell() string {
	var flags, cases strings.Builder
	quote := func(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
	for _, f := range config.Flags() {
		var choices []string
		for _, choice := range f.Choices {
			choices = append(choices, quote(choice))
		}
		fmt.Fprintf(&flags, "        %s = %s\n", quote("--"+f.Name), quote(f.Meaning))
		switch {
		case f.Argument == "":
		case f.Values == config.Files:
			fmt.Fprintf(&cases, "        '--%s' { return } # PowerShell itself completes files\n", f.Name)
		case f.Values == config.ProfileNames:
			fmt.Fprintf(&cases, "        '--%s' { $found = @(& $command.CommandElements[0].Extent.Text --profiles 2>$null) }\n", f.Name)
		default:
			fmt.Fprintf(&cases, "        '--%s' { $found = @(%s) }\n", f.Name, strings.Join(choices, ", "))
		}
	}
	return `# PowerShell completion of unleash-invite
Register-ArgumentCompleter -Native -CommandName 'unleash-invite', 'unleash-invite.exe' -ScriptBlock {
    param($word, $command, $position)
    $flags = [ordered]@{
` + flags.String() + `    }
    $before = @($command.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position })[-1].Extent.Text
    switch ($before) {
` + cases.String() + `        default { $found = $flags.Keys }
    }
    $found = @($found | Where-Object { $_.StartsWith($word) })
    if ($found.Count -eq 0) {
        return '' # for nothing at all PowerShell completes files
    }
    foreach ($text in $found) {
        $about = if ($flags.Contains($text)) { $flags[$text] } else { $text }
        $typed = if ($text -match '[^\w.-]') { "'" + $text.Replace("'", "''") + "'" } else { $text }
        [System.Management.Automation.CompletionResult]::new($typed, $text, 'ParameterValue', $about)
    }
}
`
}
