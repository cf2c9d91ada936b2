using System.CommandLine;

namespace AutoMirror.Cli;

/// <summary><c>automirror completion SHELL</c>: a script by which a shell completes verbs and options.</summary>
internal static class CompletionCommand
{
    // The tool itself answers [suggest:POSITION] "LINE" with what may follow there.
    private const string Bash = """
        _automirror() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(automirror "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _automirror automirror
        """;

    private const string Zsh = """
        #compdef automirror
        _automirror() {
          local line="$BUFFER"
          compadd -- ${(f)"$(automirror "[suggest:$CURSOR]" "$line" 2>/dev/null)}"} || _files
        }
        compdef _automirror automirror
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName automirror -ScriptBlock {
          param($word, $tree, $position)
          automirror "[suggest:$position]" "$tree" 2>$null | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
          }
        }
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or powershell." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "powershell");
        var verb = new Verb("completion", "Prints a script by which a shell completes verbs and options.") { shell };
        verb.Examples.AddRange(
        [
            ("eval \"$(automirror completion bash)\"", "in ~/.bashrc"),
            ("source <(automirror completion zsh)", "in ~/.zshrc"),
            ("automirror completion powershell | Out-String | Invoke-Expression", "in $PROFILE"),
        ]);
        verb.SetAction(parsed =>
        {
            Console.Out.WriteLine(parsed.GetValue(shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                _ => PowerShell,
            });
            return CommandLine.Success;
        });
        return verb;
    }
}
