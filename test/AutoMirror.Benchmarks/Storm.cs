using System.Globalization;
using AutoMirror.Emulator;
using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Mirroring;
using AutoMirror.Emulator.Events;
using AutoMirror.Emulator.Faults;

namespace AutoMirror.Benchmarks;

/// <summary>Many launches at once on EC2's documented token buckets, in virtual time: what is
/// missed, doubled, throttled, and when the last session is there.</summary>
internal static class Storm
{
    private const string StateChanges = """{"source":["aws.ec2"],"detail-type":["EC2 Instance State-change Notification"],"detail":{"state":["pending","running","stopped","terminated"]}}""";

    private static readonly TimeSpan Limit = TimeSpan.FromHours(2);

    /// <summary>Runs one storm, and tells what came of it.</summary>
    /// <param name="instances">How many instances.</param>
    /// <param name="within">In what time they are launched.</param>
    /// <param name="throughQueue">Whether events come through SQS.</param>
    public static StormResult Run(int instances, TimeSpan within, bool throughQueue)
    {
        const string QueueUrl = "http://emulator.invalid/123456789012/events";
        var timeout = throughQueue ? TimeSpan.FromSeconds(180) : TimeSpan.FromSeconds(300);
        var account = new VirtualAccount(Throttling.Documented, sandboxes: throughQueue ? 2 : 5, throughQueue ? QueueUrl : null, timeout);
        account.SetUp();
        var cloud = account.Cloud;
        if (throughQueue)
        {
            var queue = cloud.Sqs.Create("events");
            queue.VisibilityTimeout = timeout;
            queue.Allow("events.amazonaws.com");
            cloud.Events.PutRule("state-changes", StateChanges);
            cloud.Events.PutTarget("state-changes", new EventTarget("queue", queue.Arn));
            cloud.Sqs.Map(queue, batchSize: 1000, window: TimeSpan.FromSeconds(1), maximumConcurrency: 2, reportBatchItemFailures: true);
        }
        else
        {
            cloud.Events.Subscribe("state-changes", StateChanges);
        }

        var start = account.Time.GetUtcNow();
        for (var launched = 0; launched < instances; launched++)
        {
            var at = start + (within * launched / instances);
            account.Run(() => account.Time.GetUtcNow() >= at || !HasDueBefore(account, at));
            account.Time.AdvanceTo(at);
            cloud.Ec2.RunInstances(new LaunchRequest { Tags = new Dictionary<string, string> { ["Mirror"] = "true" } });
        }

        account.Run(() => account.Time.GetUtcNow() > start + Limit);
        return StormResult.Of(cloud, instances, start);
    }

    private static bool HasDueBefore(VirtualAccount account, DateTimeOffset at) => account.Time.Next < at || account.Cloud.NextDue < at;
}

/// <summary>What came of a storm.</summary>
internal sealed record StormResult(
    int Instances, int Mirrored, int Doubled, int Calls, int Throttled, TimeSpan Median, TimeSpan Last, TimeSpan Floor, int Invocations,
    int Failed, int DeadLetters)
{
    public static StormResult Of(Cloud cloud, int instances, DateTimeOffset start)
    {
        var requests = cloud.Requests.Snapshot();
        var created = requests.Where(request => request is { Action: "CreateTrafficMirrorSession", Outcome: LoggedRequest.Ok })
            .Select(request => request.Time - start).Order().ToList();
        var sessions = Pages(cloud).ToList();
        var bucket = Throttling.Documented.Mutating;
        return new StormResult(
            instances,
            sessions.Select(session => session.NetworkInterfaceId).Distinct().Count(),
            sessions.Count - sessions.Select(session => session.NetworkInterfaceId).Distinct().Count(),
            requests.Count,
            requests.Count(request => request.Outcome is "RequestLimitExceeded" or "ThrottlingException"),
            created.Count == 0 ? default : created[created.Count / 2],
            created.Count == 0 ? default : created[^1],
            TimeSpan.FromSeconds(Math.Max(0, (instances - bucket.Capacity) / bucket.RefillPerSecond)),
            cloud.Function.Results.Count,
            cloud.Function.Results.Count(result => result.IsError),
            cloud.Function.DeadLetters.Count);
    }

    private static IEnumerable<TrafficMirrorSession> Pages(Cloud cloud)
    {
        string? next = null;
        do
        {
            var page = cloud.Ec2.Sessions.Describe(Query.All with { MaxResults = 1000, NextToken = next });
            foreach (var session in page.Items)
                yield return session;
            next = page.NextToken;
        }
        while (next is not null);
    }

    public string Row(string how) => string.Create(
        CultureInfo.InvariantCulture,
        $"{how,-8} {Instances,9} {Instances - Mirrored,7} {Doubled,8} {(double)Calls / Instances,12:0.000} {Throttled,10} "
            + $"{(double)Throttled / Instances,14:0.000} "
        + $"{Median.TotalSeconds,7:0.0} {Last.TotalSeconds,7:0.0} {Floor.TotalSeconds,8:0.0} {Last / Floor,6:0.000} {Invocations,12} "
        + $"{Failed,7} {DeadLetters,13}");

    public static string Heading =>
        $"{"",-8} {"instances",9} {"missed",7} {"doubled",8} {"calls each",12} {"throttled",10} {"throttled each",14} "
        + $"{"p50, s",7} {"last, s",7} {"floor, s",8} {"ratio",6} {"invocations",12} {"failed",7} {"dead letters",13}";
}
