using System.Net;
using AutoMirror.Emulator.Ec2.Instances;

namespace AutoMirror.Emulator.Tests.Wire;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Of_many_at_once_exactly_as_many_succeed_as_there_is_room_for()
    {
        await using var server = await EmulatorServer.StartAsync(new EmulatorOptions());
        using var http = new HttpClient();
        var instance = server.Cloud.Ec2.RunInstances(new LaunchRequest())[0];
        var source = server.Cloud.Ec2.Instances.InterfacesOf(instance.Id)[0].Id;
        var target = server.Cloud.Ec2.Targets.Create(networkLoadBalancerArn: World.ArnOf("n")).Id;
        var filter = server.Cloud.Ec2.Filters.Create().Id;

        var answers = await Task.WhenAll(Enumerable.Range(1, 40).Select(number => http.GetAsync(
            $"{server.Url}?Action=CreateTrafficMirrorSession&NetworkInterfaceId={source}&TrafficMirrorTargetId={target}"
                + $"&TrafficMirrorFilterId={filter}&SessionNumber={number}")));

        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(3, server.Cloud.Ec2.Sessions.Describe(Query.All).Items.Count);
    }

    [Fact]
    public async Task A_client_token_used_many_times_at_once_makes_one()
    {
        await using var server = await EmulatorServer.StartAsync(new EmulatorOptions());
        using var http = new HttpClient();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            http.GetStringAsync($"{server.Url}?Action=CreateTrafficMirrorFilter&ClientToken=one")));

        Assert.Single(server.Cloud.Ec2.Filters.Describe(Query.All).Items);
    }

    [Fact]
    public async Task Reads_hold_while_instances_come_and_go()
    {
        var soon = TimeSpan.FromMilliseconds(5);
        await using var server = await EmulatorServer.StartAsync(
            new EmulatorOptions { PendingFor = soon, ShuttingDownFor = soon, TerminatedFor = soon });
        using var http = new HttpClient();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        string[] actions = ["DescribeInstances", "DescribeNetworkInterfaces", "DescribeSubnets", "DescribeTags"];
        var readers = actions.Select(async action =>
        {
            while (!stop.IsCancellationRequested)
                Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"{server.Url}?Action={action}")).StatusCode);
        });
        var writer = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                server.Cloud.Ec2.Instances.Terminate([.. server.Cloud.Ec2.RunInstances(new LaunchRequest
                {
                    Count = 5, Tags = new Dictionary<string, string> { ["a"] = "b" },
                }).Select(instance => instance.Id)]);
            }
        });

        await Task.WhenAll([.. readers, writer]);
    }

    [Fact]
    public void Ten_thousand_sessions_are_made_without_searching_them()
    {
        var world = new World();
        foreach (var zone in new[] { "a", "b", "c" })
            world.Ec2.RunInstances(new LaunchRequest { Count = 3334, Zone = $"us-east-1{zone}" });
        world.Pass(2);
        List<string> sources = [];
        string? token = null;
        do
        {
            var page = world.Ec2.NetworkInterfaces.Describe(new Query { NextToken = token });
            sources.AddRange(page.Items.Select(each => each.Id));
            token = page.NextToken;
        }
        while (token is not null);
        var target = world.LoadBalancer();
        var watch = System.Diagnostics.Stopwatch.StartNew();

        foreach (var source in sources.Take(10_000))
            world.Ec2.Sessions.Create(world.Session(source, target));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed} for ten thousand sessions");
        Assert.Equal("TrafficMirrorSessionLimitExceeded",
            World.CodeOf(() => world.Ec2.Sessions.Create(world.Session(sources[^1], target))));
    }
}
