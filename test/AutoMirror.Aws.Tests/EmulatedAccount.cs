using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using AutoMirror.Emulator;

namespace AutoMirror.Aws.Tests;

/// <summary>An account on the emulator, ready for AutoMirror: a sensor with a capture interface, the shared filter, the parameters.</summary>
internal sealed class EmulatedAccount : IAsyncDisposable
{
    private const string FunctionKey = "AKIATESTFUNCTION";

    private EmulatedAccount(EmulatorServer server)
    {
        Server = server;
        var credentials = new BasicAWSCredentials("AKIATESTPERSON", "secret");
        Ec2 = new AmazonEC2Client(credentials, new AmazonEC2Config { ServiceURL = server.Url.ToString(), AuthenticationRegion = server.Cloud.Options.Region, MaxErrorRetry = 0 });
        Ssm = new AmazonSimpleSystemsManagementClient(
            credentials, new AmazonSimpleSystemsManagementConfig { ServiceURL = server.Url.ToString(), AuthenticationRegion = server.Cloud.Options.Region, MaxErrorRetry = 0 });
    }

    public EmulatorServer Server { get; }

    public Cloud Cloud => Server.Cloud;

    public AmazonEC2Client Ec2 { get; }

    public AmazonSimpleSystemsManagementClient Ssm { get; }

    public string SubnetId { get; private set; } = "";

    public string FilterId { get; private set; } = "";

    public string TargetId { get; private set; } = "";

    /// <summary>The environment of a function or of the command line tool in this account.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["AWS_ENDPOINT_URL"] = Server.Url.GetLeftPart(UriPartial.Authority),
        ["AWS_REGION"] = Cloud.Options.Region,
        ["AWS_DEFAULT_REGION"] = Cloud.Options.Region,
        ["AWS_ACCESS_KEY_ID"] = FunctionKey,
        ["AWS_SECRET_ACCESS_KEY"] = "secret",
        ["AWS_SESSION_TOKEN"] = null,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    /// <summary>Starts one whose instances change their state at once.</summary>
    public static async Task<EmulatedAccount> StartAsync(EmulatorOptions? options = null)
    {
        var account = new EmulatedAccount(await EmulatorServer.StartAsync(options ?? new EmulatorOptions
        {
            PendingFor = TimeSpan.Zero, StoppingFor = TimeSpan.Zero, ShuttingDownFor = TimeSpan.Zero, AttachingFor = TimeSpan.Zero,
        }));
        account.SubnetId = (await account.Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest())).Subnets.OrderBy(subnet => subnet.AvailabilityZone, StringComparer.Ordinal).First().SubnetId;
        var sensor = await account.LaunchAsync("c5.xlarge", tag: null, interfaces: 2);
        account.FilterId = await account.NewFilterAsync();
        account.TargetId = await account.NewTargetAsync(sensor.NetworkInterfaces.Single(each => each.Attachment.DeviceIndex == 1).NetworkInterfaceId);
        await account.PutAsync("filter", account.FilterId);
        await account.PutAsync("targets/default", account.TargetId);
        account.Cloud.Requests.Clear();
        return account;
    }

    public async Task<Instance> LaunchAsync(string instanceType = "m5.large", string? tag = "true", int interfaces = 1, int count = 1)
    {
        var response = await Ec2.RunInstancesAsync(new RunInstancesRequest
        {
            ImageId = "ami-0123456789abcdef0",
            InstanceType = new InstanceType(instanceType),
            MinCount = count,
            MaxCount = count,
            NetworkInterfaces = [.. Enumerable.Range(0, interfaces).Select(index => new InstanceNetworkInterfaceSpecification { DeviceIndex = index, SubnetId = SubnetId, DeleteOnTermination = true })],
            TagSpecifications = tag is null ? null : [new TagSpecification { ResourceType = Amazon.EC2.ResourceType.Instance, Tags = [new Tag("Mirror", tag)] }],
        });
        return response.Reservation.Instances[0];
    }

    public async Task<string> NewFilterAsync()
    {
        var filter = (await Ec2.CreateTrafficMirrorFilterAsync(new CreateTrafficMirrorFilterRequest())).TrafficMirrorFilter.TrafficMirrorFilterId;
        foreach (var direction in (TrafficDirection[])[TrafficDirection.Ingress, TrafficDirection.Egress])
        {
            await Ec2.CreateTrafficMirrorFilterRuleAsync(new CreateTrafficMirrorFilterRuleRequest
            {
                TrafficMirrorFilterId = filter, TrafficDirection = direction, RuleNumber = 100, RuleAction = TrafficMirrorRuleAction.Accept,
                SourceCidrBlock = "0.0.0.0/0", DestinationCidrBlock = "0.0.0.0/0",
            });
        }

        return filter;
    }

    public async Task<string> NewTargetAsync(string networkInterfaceId) =>
        (await Ec2.CreateTrafficMirrorTargetAsync(new CreateTrafficMirrorTargetRequest { NetworkInterfaceId = networkInterfaceId })).TrafficMirrorTarget.TrafficMirrorTargetId;

    public async Task<string> NewLoadBalancerTargetAsync(string name = "sensor") => (await Ec2.CreateTrafficMirrorTargetAsync(new CreateTrafficMirrorTargetRequest
    {
        NetworkLoadBalancerArn = $"arn:aws:elasticloadbalancing:{Cloud.Options.Region}:{Cloud.Options.AccountId}:loadbalancer/net/{name}/0123456789abcdef",
    })).TrafficMirrorTarget.TrafficMirrorTargetId;

    public Task PutAsync(string name, string value) =>
        Ssm.PutParameterAsync(new() { Name = $"/automirror/{name}", Value = value, Type = ParameterType.String, Overwrite = true });

    public async Task<IReadOnlyList<TrafficMirrorSession>> SessionsAsync() =>
        (await Ec2.DescribeTrafficMirrorSessionsAsync(new DescribeTrafficMirrorSessionsRequest())).TrafficMirrorSessions ?? [];

    public async Task<TrafficMirrorSession> NewForeignSessionAsync(string networkInterfaceId, int number, string? filterId = null) =>
        (await Ec2.CreateTrafficMirrorSessionAsync(new CreateTrafficMirrorSessionRequest
        {
            NetworkInterfaceId = networkInterfaceId, TrafficMirrorTargetId = await NewLoadBalancerTargetAsync($"foreign-{number}-{networkInterfaceId[^8..]}"),
            TrafficMirrorFilterId = filterId ?? FilterId, SessionNumber = number,
        })).TrafficMirrorSession;

    /// <summary>What the function asked for, oldest first: the action and how it ended.</summary>
    public IReadOnlyList<string> CallsOfFunction() => [.. Cloud.Requests.Snapshot().Where(request => request.AccessKeyId == FunctionKey).Select(request => request.Action)];

    public async ValueTask DisposeAsync()
    {
        Ec2.Dispose();
        Ssm.Dispose();
        await Server.DisposeAsync();
    }
}
