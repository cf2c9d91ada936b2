using System.Diagnostics;
using System.Globalization;
using AutoMirror.Emulator;
using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Faults;

namespace AutoMirror.Benchmarks;

/// <summary>Looks at everything in a large account: what they ask for, and how long many sessions take under a short timeout.</summary>
internal static class Sweep
{
    /// <summary>Runs it, and prints.</summary>
    public static void Run(int instances)
    {
        // Through a queue, with a timeout of a minute: what is left is handed on.
        const string QueueUrl = "http://emulator.invalid/123456789012/events";
        var account = new VirtualAccount(Throttling.Documented, sandboxes: 2, QueueUrl, TimeSpan.FromSeconds(60));
        account.SetUp();
        var cloud = account.Cloud;
        for (var launched = 0; launched < instances; launched += 1000)
        {
            cloud.Ec2.RunInstances(
                new LaunchRequest
                {
                    Count = Math.Min(1000, instances - launched),
                    Zone = $"{cloud.Options.Region}{"abc"[launched / 1000 % 3]}",
                    Tags = new Dictionary<string,
                    string>
                    { ["Mirror"] = "true" },
                });
        }

        account.Run(() => false);
        var queue = cloud.Sqs.Create("events");
        queue.VisibilityTimeout = TimeSpan.FromSeconds(60);
        cloud.Sqs.Map(queue, batchSize: 1000, window: TimeSpan.FromSeconds(1), maximumConcurrency: 2, reportBatchItemFailures: true);
        cloud.Requests.Clear();

        var start = account.Time.GetUtcNow();
        queue.Send("""{"action":"resync"}""");
        account.Run(() => account.Time.GetUtcNow() > start + TimeSpan.FromHours(4));
        var created = cloud.Requests.Snapshot()
            .Where(request => request is { Action: "CreateTrafficMirrorSession", Outcome: LoggedRequest.Ok }).ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"first sync: {created.Count} sessions of {instances} in "
                + $"{(created[^1].Time - start).TotalSeconds:0} s (the bucket alone: {(instances - 50) / 5.0:0} s), "
            + $"{cloud.Function.Results.Count} invocations of at most 60 s, "
            + $"{cloud.Function.Results.Count(result => result.IsError)} failed, {cloud.Requests.Count()} calls"));

        cloud.Requests.Clear();
        var before = GC.GetTotalAllocatedBytes();
        var startedAt = Stopwatch.GetTimestamp();
        queue.Send("""{"action":"resync"}""");
        account.Run(() => account.Time.GetUtcNow() > start + TimeSpan.FromHours(8));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"nothing to do: {Stopwatch.GetElapsedTime(startedAt).TotalSeconds:0.0} s of this machine for function, SDK and emulator "
                + $"together, "
            + $"{(
                GC.GetTotalAllocatedBytes() - before) / 1e6:0} MB allocated, peak working set of all {Environment.WorkingSet / 1e6:0} MB"));
        foreach (
            var action in cloud.Requests.Snapshot().CountBy(request => request.Action).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            Console.WriteLine($"  {action.Key}: {action.Value}");
        }
    }
}
