using System.Text.Json;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Amazon.SQS;
using AutoMirror.Aws.Hosting;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.Aws.Tests.Fuzzing;

/// <summary>The whole function, over the real SDK, with answers of EC2, Parameter
/// Store and SQS that were tampered with on the way.</summary>
public sealed class AnswerFuzzTests
{
    private const string Parameters = "GetParametersByPath", Targets = "DescribeTrafficMirrorTargets";

    private static readonly string[] Reads =
    [
        "DescribeInstances", "DescribeInstances", "DescribeTrafficMirrorSessions", "DescribeTrafficMirrorSessions",
        "DescribeNetworkInterfaces", Targets, Parameters,
    ];

    private static readonly string[] WideReads = [.. Reads, "DescribeTrafficMirrorFilters", "DescribeSubnets", "DescribeVpcs"];

    [Theory]
    [InlineData("{}", 100_000, 900)]
    [InlineData(WireWorld.WidePolicy, 200_000, 900)]
    public void Nothing_is_done_that_rests_on_an_answer_that_was_not_understood(string policy, int firstSeed, int count)
    {
        WireWorld? world = null;
        Seeds.Each(firstSeed, count, (_, random) =>
        {
            world ??= WireWorld.New(policy);
            var (mended, isSweep) = (world, random.Next(2) == 0);
            var action = random.Of(policy == WireWorld.WidePolicy ? WideReads : Reads);
            world.Tap.PageSize = random.Of(5, 1000);
            var mutations = Tamper(world, action, which: random.Of(0, 0, 0, 1, 2, -1), random);

            // Where the check below throws, the next case has a world of its own.
            world = null;
            var run = mended.Run(
                isSweep ? "{}" : FunctionUnderTest.StateChange(mended.InstanceId, random.Of("running", "stopped", "terminated")));
            var changed = run.Changes.Count == 0 ? [] : mended.Changed();
            Check(mended, action, mutations, run, changed);
            world = changed.Count == 0 ? mended : null;
        });
    }

    [Fact]
    public void Whatever_is_answered_to_a_change_only_what_was_planned_is_asked_for_and_the_next_run_finds_it_as_it_is() =>
        Seeds.Each(300_000, 70, (_, random) =>
    {
        var world = WireWorld.New();
        WireWorld.Done(LeaveWorkAsync(world.Account));
        var mutations = Tamper(
            world, random.Of("CreateTrafficMirrorSession", "ModifyTrafficMirrorSession", "DeleteTrafficMirrorSession", "CreateTags"),
            random.Of(0, -1), random);

        var run = world.Run("{}");

        var told = string.Join("; ", mutations.Select(mutation => mutation.What));
        Assert.True(
            run.Changes.Select(call => call.Action).CountBy(action => action)
                .All(entry => entry.Key == "DeleteTrafficMirrorSession" || entry.Value <= 40),
            told);
        Assert.True(world.Changed().All(line => line.Contains("automirror:managed-by=automirror", StringComparison.Ordinal)), told);
        var next = Assert.IsType<InvocationOutcome.Answered>(world.Run("{}").Outcome);
        Assert.True(JsonDocument.Parse(next.Json).RootElement.GetProperty("converged").GetBoolean(), told);
        Assert.True(world.Run("{}").Changes.Count == 0, told);
        Assert.True(WireWorld.Done(world.Account.SessionsAsync()).Count == 7, told);
    });

    [Fact]
    public void Whatever_the_queue_answers_is_an_answer_or_a_refusal()
    {
        var world = WireWorld.New();
        using var client = new AmazonSQSClient(
            new BasicAWSCredentials("AKIATEST", "secret"),
            new AmazonSQSConfig
            {
                ServiceURL = world.Account.Environment["AWS_ENDPOINT_URL"],
                AuthenticationRegion = world.Account.Cloud.Options.Region,
                MaxErrorRetry = 0,
                HttpClientFactory = world.Tap,
            });
        var queue = new Uri(WireWorld.Done(client.CreateQueueAsync("automirror")).QueueUrl);
        Seeds.Each(400_000, 300, (_, random) =>
        {
            Tamper(world, "SendMessage", random.Of(0, -1), random);
            var caller = new AwsCaller(new RetryPolicy(world.Time, world.Time.GetUtcNow().AddSeconds(30), random.NextDouble));
            var answer = WireWorld.Done(
                new ContinuationQueue(client, queue, caller).SendAsync("{}", TimeSpan.FromSeconds(1), CancellationToken.None), world.Time);
            Assert.True(answer is null or { Code.Length: > 0 });
            world.Tap.Exchange = null;
        });
    }

    /// <summary>Mutates the answer with this number to an action, counted from 0; every one for
    /// -1. What was done is in the list when the run is over.</summary>
    private static List<Mutation> Tamper(WireWorld world, string action, int which, Random random)
    {
        List<Mutation> mutations = [];
        var seen = 0;
        world.Tap.Exchange = (call, reply) =>
        {
            if (call.Action != action || reply.Status != 200 || (seen++ != which && which >= 0))
                return reply;
            mutations.Add(
                reply.Text.StartsWith('{') || random.Next(3) == 0 ? BodyMutator.Mutate(reply, random) : XmlMutator.Mutate(reply, random));
            return mutations[^1].Reply;
        };
        return mutations;
    }

    private static void Check(WireWorld world, string action, List<Mutation> mutations, WireRun run, IReadOnlyList<string> changed)
    {
        var kind = mutations.Count == 0 ? MutationKind.Nothing : mutations.Max(mutation => mutation.Kind);
        var told = $"{action}: {string.Join("; ", mutations.Select(mutation => $"{mutation.Kind}: {mutation.What}"))}; "
            + $"asked for {string.Join(", ", run.Changes.Select(call => call.Action))}; changed {string.Join(", ", changed)}";

        Assert.True(
            changed.All(line => line.Contains("automirror:managed-by=automirror", StringComparison.Ordinal)), $"Somebody else's: {told}");
        if (kind == MutationKind.Nothing)
            Assert.True(run.Changes.Count == 0, told);
        if (kind <= MutationKind.Lie && action == Targets)
        {
            // A target that is not listed is gone, and others of its sensor take over: its sessions move, none ends.
            Assert.True(run.Changes.All(call => call.Action != "DeleteTrafficMirrorSession"), told);
            return;
        }

        if (kind == MutationKind.Omission)
            Assert.True(changed.Count == 0, told);
        var about = mutations.SelectMany(mutation => mutation.About).SelectMany(id => world.InterfacesOf.GetValueOrDefault(id, []))
            .ToHashSet();
        if (kind == MutationKind.Lie)
            Assert.True(changed.All(line => about.Contains(line.Split(' ')[1])), told);
    }

    /// <summary>Something to create, something to delete, and something to put right.</summary>
    private static async Task LeaveWorkAsync(EmulatedAccount account)
    {
        await account.LaunchAsync();
        var sessions = (await account.SessionsAsync())
            .Where(session => (session.Tags ?? []).Exists(tag => tag is { Key: "automirror:managed-by", Value: "automirror" }))
            .ToList();
        var instances = sessions.GroupBy(session => session.Tags.Single(tag => tag.Key == "automirror:instance-id").Value)
            .Where(group => group.Count() == 1).Select(group => group.Single()).ToList();
        await account.Ec2.CreateTagsAsync(
            new CreateTagsRequest([instances[0].Tags.Single(tag => tag.Key == "automirror:instance-id").Value], [new Tag("Mirror", "no")]));
        await account.Ec2.ModifyTrafficMirrorSessionAsync(
            new ModifyTrafficMirrorSessionRequest { TrafficMirrorSessionId = instances[1].TrafficMirrorSessionId, PacketLength = 100 });
        await account.Ec2.DeleteTagsAsync(
            new DeleteTagsRequest { Resources = [instances[1].TrafficMirrorSessionId], Tags = [new Tag { Key = "Name" }] });
    }
}
