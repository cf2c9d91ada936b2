using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Cli;

/// <summary><c>completion</c>.</summary>
public sealed class CompletionTests
{
    [NeedsToolFact("bash")]
    public async Task Bash_completes_verbs_and_options()
    {
        var script = $$"""
            automirror() { dotnet '{{Path.Combine(Programs.CliFolder, "automirror.dll")}}' "$@"; }
            eval "$(automirror completion bash)"
            complete_line() { COMP_LINE=$1; COMP_POINT=${#1}; COMP_WORDS=($1); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _automirror; echo "${COMPREPLY[@]}"; }
            complete_line "automirror pl"
            complete_line "automirror plan --det"
            """;

        var result = await Tool.RunAsync("bash", ["-c", script]);

        Assert.Equal("plan\n--detailed-exitcode\n", result.Output);
    }

    [Theory]
    [InlineData("zsh", "compdef")]
    [InlineData("powershell", "Register-ArgumentCompleter")]
    public async Task Other_shells_have_a_script_too(string shell, string word)
    {
        var result = await Programs.CliAsync(["completion", shell]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains(word, result.Output, StringComparison.Ordinal);
    }
}
