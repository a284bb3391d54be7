import type { Shell } from './line.ts';

/** The program that a script completes. */
export interface CompletedProgram {
  /** What the script runs for its answers: an absolute path, or a name on the PATH. Never what somebody typed. */
  readonly run: string;
  /** The commands that it completes, beside `harmoni`: the path of start.sh, where that is the program. */
  readonly startScript?: string;
}

/**
 * The script that tells a shell to ask HARMONI what fits at the cursor. Everything is read as data: what is typed, and the
 * names of playlists, are never run. Pure.
 */
export function completionScript(shell: Shell, program: CompletedProgram): string {
  return { bash, zsh, fish, powershell }[shell](program);
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const fishQuoted = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
const powerShellQuoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** For bash 3.2 (macOS) and newer, without the package bash-completion. */
function bash({ run, startScript }: CompletedProgram): string {
  const names = ['harmoni', ...(startScript === undefined ? [] : ['./start.sh', quoted(startScript)])];
  return `# Completion of harmoni for bash. To have it in every shell, add to ~/.bashrc: eval "$(${run} completion bash)"
_harmoni_completion() {
  local line how=
  COMPREPLY=()
${startScript === undefined ? '' : `  if [[ $1 == *start.sh && ! $1 -ef ${quoted(startScript)} ]]; then return; fi\n`}  while IFS= read -r line; do
    if [ -z "$how" ]; then how=$line; else COMPREPLY+=("$line"); fi
  done < <(${quoted(run)} complete bash -- "\${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
  case $how in
    files*) ;;
    folders*) if type compopt >/dev/null 2>&1; then compopt -o dirnames +o default; fi ;;
    *) if type compopt >/dev/null 2>&1; then compopt +o default; fi ;;
  esac
  case $how in *nospace) if type compopt >/dev/null 2>&1; then compopt -o nospace; fi ;; esac
}
complete -o default -F _harmoni_completion ${names.join(' ')}`;
}

function zsh({ run, startScript }: CompletedProgram): string {
  const names = ['harmoni', ...(startScript === undefined ? [] : ['start.sh', quoted(startScript)])];
  return `# Completion of harmoni for zsh. To have it in every shell, add to ~/.zshrc: eval "$(${run} completion zsh)"
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
_harmoni_completion() {
  local how line
  local -a answer plain open
${startScript === undefined ? '' : `  if [[ $words[1] == *start.sh && ! $words[1] -ef ${quoted(startScript)} ]]; then _files; return; fi\n`}  answer=("\${(@f)$(${quoted(run)} complete zsh -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)}")
  how=$answer[1]
  for line in "\${(@)answer[2,-1]}"; do
    if [[ \${line%%$'\\t'*} == *: ]]; then open+=("\${line%%$'\\t'*}"); continue; fi
    local value=\${\${line%%$'\\t'*}//:/\\\\:} text=\${line#*$'\\t'}
    plain+=("$value\${text:+:$text}")
  done
  (( $#plain )) && _describe -t harmoni harmoni plain
  (( $#open )) && compadd -S '' -a open
  case $how in
    files*) _files ;;
    folders*) _files -/ ;;
  esac
}
compdef _harmoni_completion ${names.join(' ')}`;
}

function fish({ run, startScript }: CompletedProgram): string {
  const names = ['harmoni', ...(startScript === undefined ? [] : ['start.sh'])];
  const check =
    startScript === undefined
      ? ''
      : `    if string match -q '*start.sh' -- $words[1]; and test (realpath $words[1] 2>/dev/null) != ${fishQuoted(startScript)}
        __fish_complete_path "$current"
        return
    end\n`;
  return `# Completion of harmoni for fish. To have it in every shell: ${run} completion fish > ~/.config/fish/completions/harmoni.fish
function __harmoni_completion
    set -l words (commandline -opc)
    set -l current (commandline -ct)
${check}    set -l given
    if test (count $words) -gt 1
        set given $words[2..-1]
    end
    set -l answer (${fishQuoted(run)} complete fish -- $given "$current" 2>/dev/null)
    if test (count $answer) -gt 1
        printf '%s\\n' $answer[2..-1]
    end
    switch "$answer[1]"
        case 'files*'
            __fish_complete_path "$current"
        case 'folders*'
            __fish_complete_directories "$current"
    end
end
${names.map((name) => `complete -c ${name} -f -a '(__harmoni_completion)'`).join('\n')}`;
}

/** Words are sent with a mark before them, because Windows PowerShell drops empty ones. */
function powershell({ run }: CompletedProgram): string {
  return `# Completion of harmoni for PowerShell. To have it in every shell, add to $PROFILE:
#   ${run} completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName harmoni -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
    ForEach-Object { if ($null -ne $_.Value) { "=$($_.Value)" } else { "=$($_.Extent.Text)" } })
  $answer = @(& ${powerShellQuoted(run)} complete powershell '--' @before "=$wordToComplete" 2>$null)
  $answer | Select-Object -Skip 1 | ForEach-Object {
    $value, $name, $text = $_ -split "\`t", 3
    if (-not $text) { $text = $name }
    [System.Management.Automation.CompletionResult]::new($value, $name, 'ParameterValue', $text)
  }
}`;
}
