using System.CommandLine;
using System.Text.Json.Nodes;
using AutoMirror.Cli.Printing;
using AutoMirror.Cli.Rehearsing;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Events;
using AutoMirror.Core.Planning;

namespace AutoMirror.Cli;

/// <summary><c>automirror test FILE</c>: unit tests of a policy.</summary>
internal static class TestCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The cases in JSON." };
        var mutate = new Option<bool>("--mutate")
        {
            Description = "Also say which fields of the policy no case would notice if they were missing.",
        };
        var (source, output) = (new SourceOptions(), new OutputOptions());
        var verb = new Verb(
            "test",
            "Holds a policy against cases: interfaces, and what is expected of them. Exits with 3 where something differs, or with "
                + "--mutate "
                + "where a field is not tested.") { file, mutate };
        output.AddTo(verb);
        source.AddTo(verb);
        verb.Examples.AddRange(
        [
            ("automirror test policy-cases.json", "offline: the cases name the policy"),
            ("automirror test policy-cases.json --mutate", "and which fields no case would notice"),
            ("automirror test account-cases.json --from recorded/", "cases that name instances and interfaces of a recorded account"),
        ]);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var cases = await CaseFile.ReadAsync(parsed.GetValue(file)!, cancellationToken);
            var results = await RunAsync(parsed, source, cases, cancellationToken);
            var unnoticed = parsed.GetValue(mutate) ? Unnoticed(cases) : null;
            var document = new TestDocument(
                results.Count(result => result.Differences.Count == 0), results.Count(result => result.Differences.Count > 0), results,
                    unnoticed);
            output.Print(parsed, document, (page, limit) => Write(page, document, limit));
            return document.Differ > 0 || unnoticed is { Count: > 0 } ? CommandLine.IsSo : CommandLine.Success;
        });
        return verb;
    }

    private static async Task<IReadOnlyList<CaseResult>> RunAsync(
        ParseResult parsed, SourceOptions source, CaseFile cases, CancellationToken cancellationToken)
    {
        if (cases.Cases.FirstOrDefault(each => each.Given is null == each.Id is null) is { } wrong)
            throw new UsageException($"the case '{wrong.Name}' takes either given or id.");
        var look = cases.Cases.Any(each => each.Id is not null) ? await LookAsync(parsed, source, cases, cancellationToken) : null;
        return
        [
            .. from each in cases.Cases
               select new CaseResult(each.Name, each.Given is { } given
                   ? Rehearsal.Differences(each.Expect, Rehearsal.Decide(PolicyOf(cases), cases.Sensors, given))
                   : Find(look!, each.Id!) is { } verdict ? Rehearsal.Differences(each.Expect, verdict)
                   : [$"{each.Id} is not in the account"]),
        ];
    }

    private static async Task<Look> LookAsync(
        ParseResult parsed, SourceOptions source, CaseFile cases, CancellationToken cancellationToken)
    {
        using var account = await source.OpenAsync(parsed, cancellationToken);
        var instead = cases.Policy is { } policy
            ? SnapshotParameters.WithPolicy(account.Settings.Prefix, policy.ToJsonString())
            : new Dictionary<string, string>();
        return await Look.AtAsync(account, new Scope.Everything(), instead, cancellationToken);
    }

    private static InterfaceVerdict? Find(Look look, string id) => look.Plan.Verdicts.FirstOrDefault(verdict =>
        verdict.NetworkInterfaceId?.Value == id || verdict.InstanceId?.Value == id);

    private static JsonNode PolicyOf(CaseFile cases) => cases.Policy ?? new JsonObject();

    private static IReadOnlyList<string> Unnoticed(CaseFile cases)
    {
        var given = cases.Cases.Where(each => each.Given is not null).ToList();
        return PolicyOf(cases) is not JsonObject policy ? [] :
        [
            .. from mutation in Mutations.Of(policy)
               where given.TrueForAll(each => Rehearsal.Differences(
                   each.Expect, Rehearsal.Decide(mutation.Without, cases.Sensors, each.Given!)).Count == 0)
               select mutation.Path,
        ];
    }

    private static void Write(Page page, TestDocument document, int limit)
    {
        foreach (var result in document.Cases.Where(each => each.Differences.Count > 0).Take(limit))
        {
            page.Mark(false, result.Name);
            foreach (var difference in result.Differences)
                page.Note(difference, depth: 2);
        }

        foreach (var path in document.Unnoticed ?? [])
            page.Mark(false, $"{path} could be missing, and no case would notice");
        page.Mark(
            document.Differ == 0, $"{document.AsExpected} {(document.AsExpected == 1 ? "case is" : "cases are")} as expected, "
                + $"{document.Differ} "
                + $"{(document.Differ == 1 ? "differs" : "differ")}.");
    }

    /// <param name="Unnoticed">The fields that no case would notice if they were missing; null where nobody asked.</param>
    private sealed record TestDocument(
        int AsExpected, int Differ, IReadOnlyList<CaseResult> Cases, IReadOnlyList<string>? Unnoticed);

    private sealed record CaseResult(string Name, IReadOnlyList<string> Differences);
}
