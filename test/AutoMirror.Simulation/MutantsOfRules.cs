using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Amazon.EC2.Model;
using Amazon.SimpleSystemsManagement.Model;
using AutoMirror.Aws.Hosting;
using AutoMirror.Simulation.Wire;
using AutoMirror.Simulation.Worlds;

namespace AutoMirror.Simulation;

/// <summary>The planted bugs in what the function knows of sensors, limits and findings.</summary>
internal static partial class Mutants
{
    private const string UntilKey = "automirror:until";

    public sealed class SkipsParameterPages(History history, CallPath path) : TypedSsm(history, path)
    {
        protected override GetParametersByPathResponse Shown(GetParametersByPathResponse page)
        {
            page.NextToken = null;
            return page;
        }
    }

    public sealed class KeepsParameters(History history, CallPath path) : TypedSsm(history, path)
    {
        private static readonly TimeSpan Kept = TimeSpan.FromSeconds(60);
        private readonly History _history = history;
        private readonly Dictionary<string, (DateTimeOffset At, GetParametersByPathResponse Page)> _pages = [];

        public override async Task<GetParametersByPathResponse> GetParametersByPathAsync(
            GetParametersByPathRequest request, CancellationToken cancellationToken = default)
        {
            var place = $"{request.Path} {request.NextToken}";
            if (!_pages.TryGetValue(place, out var kept) || _history.Clock.Now - kept.At > Kept)
                _pages[place] = kept = (_history.Clock.Now, await base.GetParametersByPathAsync(request, cancellationToken));
            return kept.Page;
        }
    }

    public sealed class IgnoresLimits(History history, CallPath path) : TypedSsm(history, path)
    {
        protected override GetParametersByPathResponse Shown(GetParametersByPathResponse page)
        {
            foreach (var policy in page.Parameters.Where(each => each.Name.EndsWith("/policy", StringComparison.Ordinal)))
            {
                var document = JsonNode.Parse(policy.Value)!;
                document["limits"] = BlastRadius.Wide.ToJson();
                policy.Value = document.ToJsonString();
            }

            return page;
        }
    }

    public sealed class IgnoresSensorTags(History history, CallPath path) : TypedEc2(history, path)
    {
        public override async Task<DescribeTrafficMirrorTargetsResponse> DescribeTrafficMirrorTargetsAsync(
            DescribeTrafficMirrorTargetsRequest request, CancellationToken cancellationToken = default)
        {
            var page = await base.DescribeTrafficMirrorTargetsAsync(request, cancellationToken);
            page.TrafficMirrorTargets.ForEach(target => target.Tags = null);
            return page;
        }
    }

    public sealed class BelievesEnds(History history, CallPath path) : TypedEc2(history, path)
    {
        public override Task<CreateTagsResponse> CreateTagsAsync(CreateTagsRequest request, CancellationToken cancellationToken = default)
        {
            request.Tags.RemoveAll(tag => tag.Key == UntilKey);
            return request.Tags.Count == 0 ? Task.FromResult(new CreateTagsResponse()) : base.CreateTagsAsync(request, cancellationToken);
        }
    }

    public sealed class ForgetsEnds(History history, CallPath path) : TypedEc2(history, path)
    {
        public override async Task<DescribeTrafficMirrorSessionsResponse> DescribeTrafficMirrorSessionsAsync(
            DescribeTrafficMirrorSessionsRequest request, CancellationToken cancellationToken = default)
        {
            var page = await base.DescribeTrafficMirrorSessionsAsync(request, cancellationToken);
            page.TrafficMirrorSessions.ForEach(session => session.Tags?.RemoveAll(tag => tag.Key == UntilKey));
            return page;
        }
    }

    public sealed class KnowsNoEnd(History history, CallPath path) : TypedEc2(history, path)
    {
        public override async Task<DescribeTrafficMirrorSessionsResponse> DescribeTrafficMirrorSessionsAsync(
            DescribeTrafficMirrorSessionsRequest request, CancellationToken cancellationToken = default)
        {
            var page = await base.DescribeTrafficMirrorSessionsAsync(request, cancellationToken);
            foreach (var tag in page.TrafficMirrorSessions.SelectMany(session => session.Tags ?? []).Where(tag => tag.Key == UntilKey))
                tag.Value = "2099-01-01T00:00:00Z";
            return page;
        }
    }

    /// <summary>The event with the most severe of findings, in a batch or alone.</summary>
    public static string WithHighestSeverity(string payload) => Severity().Replace(payload, "${1}10");

    // The time of a finding says how long it holds: that is another thing.
    public static string WithoutTimes(string payload) => payload.Contains("GuardDuty", StringComparison.Ordinal)
        ? payload
        : Time().Replace(payload, "${1}2001-01-01T00:00:00Z");

    public static InvocationOutcome WithoutFailures(InvocationOutcome outcome) =>
        outcome is InvocationOutcome.Answered { Json: var json } && json.Span.StartsWith("{\"batchItemFailures\""u8)
            ? new InvocationOutcome.Answered("{\"batchItemFailures\":[]}"u8.ToArray())
            : outcome;

    // Both EventBridge's time and CloudTrail's, in an event or in a record's body.
    [GeneratedRegex(@"((?:time|eventTime)(?:\\u0022|\\?""):(?:\\u0022|\\?""))[0-9TZ:-]+")]
    private static partial Regex Time();

    [GeneratedRegex(@"(severity(?:\\u0022|\\?""):)\d+")]
    private static partial Regex Severity();
}
