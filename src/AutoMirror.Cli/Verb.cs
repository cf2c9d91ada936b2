using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace AutoMirror.Cli;

/// <summary>A command whose help shows how it is used.</summary>
internal sealed class Verb(string name, string description) : Command(name, description)
{
    /// <summary>Command lines, each with what it does.</summary>
    public List<(string Line, string Does)> Examples { get; } = [];

    /// <summary>Puts the examples under the help of every verb, and groups the verbs in the tool's own.</summary>
    public static void ImproveHelp(RootCommand root, IReadOnlyList<(string Heading, IReadOnlyList<Command> Verbs)> groups)
    {
        if (root.Options.OfType<HelpOption>().FirstOrDefault() is { Action: HelpAction usual } help)
            help.Action = new HelpWithExamples(usual, groups);
    }

    private sealed class HelpWithExamples(
        HelpAction usual, IReadOnlyList<(string Heading, IReadOnlyList<Command> Verbs)> groups) : SynchronousCommandLineAction
    {
        // Help is no error, whatever else is missing.
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var output = parseResult.InvocationConfiguration.Output;
            if (parseResult.CommandResult.Command is RootCommand root)
            {
                WriteGroups(root, output);
                return CommandLine.Success;
            }

            var result = usual.Invoke(parseResult);
            if (parseResult.CommandResult.Command is Verb { Examples: { Count: > 0 } examples })
            {
                output.WriteLine("Examples:");
                foreach (var (line, does) in examples)
                    output.WriteLine($"  {line}\n      {does}");
                output.WriteLine();
            }

            return result;
        }

        private void WriteGroups(RootCommand root, TextWriter output)
        {
            output.WriteLine($"{root.Description}\n\nUsage:\n  automirror <verb> [options]\n");
            var width = groups.SelectMany(group => group.Verbs).Max(verb => verb.Name.Length);
            foreach (var (heading, verbs) in groups)
            {
                output.WriteLine($"{heading}:");
                foreach (var verb in verbs)
                    output.WriteLine($"  {verb.Name.PadRight(width)}  {FirstSentence(verb.Description ?? "")}");
                output.WriteLine();
            }

            output.WriteLine("automirror <verb> --help has the options and examples. Exit codes: 0 done, 1 failed, 2 wrong usage,");
            output.WriteLine("3 what was asked about is so (changes pending, problems found, cases that differ, coverage below).");
        }

        private static string FirstSentence(string text) =>
            text.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? text[..(end + 1)] : text;
    }
}
