using System.Net;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;

namespace AutoMirror.Emulator.Tests.Faults;

public sealed class InMemoryTests
{
    [Fact]
    public async Task The_sdk_speaks_to_the_cloud_without_a_socket()
    {
        var world = new World();
        using var ec2 = Client(world.Cloud);

        var filter = await ec2.CreateTrafficMirrorFilterAsync(new CreateTrafficMirrorFilterRequest { Description = "x" });

        Assert.Equal(filter.TrafficMirrorFilter.TrafficMirrorFilterId, Assert.Single(world.Ec2.Filters.Describe(Query.All).Items).Id);
        var error = await Assert.ThrowsAsync<AmazonEC2Exception>(
            () => ec2.DeleteTrafficMirrorTargetAsync(new() { TrafficMirrorTargetId = "tmt-1" }));
        Assert.Equal("InvalidTrafficMirrorTargetId.NotFound", error.ErrorCode);
    }

    [Theory]
    [InlineData("Throttled", "RequestLimitExceeded", 503, 0)]
    [InlineData("InternalError", "InternalError", 500, 0)]
    [InlineData("Unavailable", "Unavailable", 503, 0)]
    [InlineData("CutBefore", null, 0, 0)]
    [InlineData("CutAfter", null, 0, 1)]
    [InlineData("TruncatedBody", null, 0, 1)]
    public async Task A_fault_looks_to_the_sdk_as_it_does_at_AWS(string fault, string? code, int status, int done)
    {
        var world = new World();
        using var ec2 = Client(world.Cloud);
        world.Cloud.RequestFaults = fault switch
        {
            "Throttled" => new() { Throttled = 1 },
            "InternalError" => new() { InternalError = 1 },
            "Unavailable" => new() { Unavailable = 1 },
            "CutBefore" => new() { CutBefore = 1 },
            "CutAfter" => new() { CutAfter = 1 },
            _ => new() { TruncatedBody = 1 },
        };

        var error = await Assert.ThrowsAnyAsync<Exception>(
            () => ec2.CreateTrafficMirrorFilterAsync(new CreateTrafficMirrorFilterRequest()));

        if (code is not null)
            Assert.Equal((code, status), (((AmazonEC2Exception)error).ErrorCode, (int)((AmazonEC2Exception)error).StatusCode));
        Assert.Equal(done, world.Ec2.Filters.Describe(Query.All).Items.Count);
    }

    [Fact]
    public async Task Latency_passes_by_the_clouds_clock_with_the_work_in_the_middle()
    {
        var world = new World(options => options with { Latency = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100)) });
        using var ec2 = Client(world.Cloud);

        var call = ec2.CreateTrafficMirrorFilterAsync(new CreateTrafficMirrorFilterRequest());
        Assert.Empty(world.Ec2.Filters.Describe(Query.All).Items);
        world.Pass(0.06);
        Assert.Single(world.Ec2.Filters.Describe(Query.All).Items);
        Assert.False(call.IsCompleted);
        world.Pass(0.06);

        await call.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Simulated_time_stays_on_its_thread()
    {
        var world = new World(options => options with { Latency = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(200)) });
        using var ec2 = Client(world.Cloud);
        var threads = new HashSet<int>();
        async Task CallAsync()
        {
            for (var i = 0; i < 20; i++)
            {
                await ec2.CreateTrafficMirrorFilterAsync(new CreateTrafficMirrorFilterRequest(), CancellationToken.None);
                threads.Add(Environment.CurrentManagedThreadId);
            }
        }

        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        var calls = CallAsync();
        for (var step = 0; step < 5000 && !calls.IsCompleted; step++)
            world.Pass(0.01);
        SynchronizationContext.SetSynchronizationContext(context);

        Assert.True(calls.IsCompletedSuccessfully, calls.Status.ToString());
        Assert.Equal([Environment.CurrentManagedThreadId], threads);
    }

    [Fact]
    public async Task Faults_can_be_limited_to_some_requests()
    {
        var world = new World();
        using var ec2 = Client(world.Cloud);
        world.Cloud.RequestFaults = new() { InternalError = 1, Only = call => call == "ec2:CreateTrafficMirrorFilter" };

        await ec2.DescribeTrafficMirrorFiltersAsync(new());
        await Assert.ThrowsAsync<AmazonEC2Exception>(() => ec2.CreateTrafficMirrorFilterAsync(new CreateTrafficMirrorFilterRequest()));
    }

    [Fact]
    public async Task A_cut_connection_is_cut_on_a_socket_too()
    {
        await using var server = await EmulatorServer.StartAsync(new EmulatorOptions());
        using var http = new HttpClient();
        server.Cloud.RequestFaults = new() { CutAfter = 1 };

        await Assert.ThrowsAsync<HttpRequestException>(
            () => http.GetAsync($"{server.Url}?Action=CreateTrafficMirrorFilter&Version=2016-11-15"));

        Assert.Single(server.Cloud.Ec2.Filters.Describe(Query.All).Items);
        server.Cloud.RequestFaults = null;
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"{server.Url}?Action=CreateTrafficMirrorFilter&Version=2016-11-15"))
            .StatusCode);
    }

    [Fact]
    public void Events_can_be_lost_doubled_and_late()
    {
        var lossy = new World(
            options => options with { EventFaults = new() { Lost = 0.3, Duplicated = 0.3, Delay = TimeSpan.FromSeconds(30) } });
        var queue = lossy.Cloud.Sqs.Create("q");
        queue.Allow("events.amazonaws.com");
        lossy.Cloud.Events.PutRule("r", """{"detail":{"state":["running"]}}""");
        lossy.Cloud.Events.PutTarget("r", new("t", queue.Arn));
        lossy.Ec2.RunInstances(new Emulator.Ec2.Instances.LaunchRequest { Count = 200 });
        lossy.Pass(60);

        var bodies = queue.Bodies;
        Assert.InRange(bodies.Distinct().Count(), 110, 170);
        Assert.True(bodies.Count > bodies.Distinct().Count());
        Assert.NotEqual(bodies.Distinct(), lossy.Cloud.Events.History.Select(each => each.Json).Where(bodies.Contains));
    }

    private static AmazonEC2Client Client(Cloud cloud) => new(
        new BasicAWSCredentials("AKIAEXAMPLE000000001", "secret"),
        new AmazonEC2Config
        {
            ServiceURL = "http://emulator", AuthenticationRegion = "us-east-1", MaxErrorRetry = 0,
            HttpClientFactory = new Factory(cloud)
        });

    private sealed class Factory(Cloud cloud) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
            new(cloud.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }
}
