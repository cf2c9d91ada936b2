using System.CommandLine;
using AutoMirror.Cli.Policies;
using AutoMirror.Cli.Printing;

namespace AutoMirror.Cli;

/// <summary><c>automirror check FILE</c>: a policy, offline.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The policy in JSON, or - for standard input." };
        var output = new OutputOptions();
        var verb = new Verb("check", "Reads a policy as the function would, offline, and shows every error with its place.") { file };
        output.AddTo(verb);
        verb.Examples.AddRange(
        [
            ("automirror check policy.json", "every error, as file:line:column"),
            ("automirror check --json policy.json | jq '.errors'", "the same for a program"),
        ]);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var policy = await PolicyFile.ReadAsync(parsed.GetValue(file)!, cancellationToken);
            output.Print(parsed, new CheckDocument(policy.Name, policy.Errors.Count == 0, policy.Errors), (page, limit) =>
            {
                foreach (var error in policy.Errors.Take(limit))
                    page.Line(error.At(policy.Name));
                if (policy.Errors.Count == 0)
                    page.Mark(true, $"{policy.Name} is a policy that the function takes.");
            });
            return policy.Errors.Count == 0 ? CommandLine.Success : CommandLine.Failure;
        });
        return verb;
    }

    private sealed record CheckDocument(string File, bool IsValid, IReadOnlyList<PolicyError> Errors);
}
