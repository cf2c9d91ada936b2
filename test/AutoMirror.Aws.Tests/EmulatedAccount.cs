using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using AutoMirror.Emulator;

namespace AutoMirror.Aws.Tests;

/// <summary>An account on the emulator, ready for AutoMirror: a sensor with a
/// capture interface, the shared filter, the parameters.</summary>
internal sealed class EmulatedAccount : IAsyncDisposable
{
    private const string FunctionKey = "AKIATESTFUNCTION";

    private readonly EmulatorServer? _server;
    private readonly Uri _url;

    private EmulatedAccount(Cloud cloud, EmulatorServer? server, Uri url, HttpClientFactory? transport)
    {
        (Cloud, _server, _url) = (cloud, server, url);
        var credentials = new BasicAWSCredentials("AKIATESTPERSON", "secret");
        Ec2 = new AmazonEC2Client(credentials, Configured(new AmazonEC2Config(), transport));
        Ssm = new AmazonSimpleSystemsManagementClient(credentials, Configured(new AmazonSimpleSystemsManagementConfig(), transport));
    }

    public EmulatorServer Server => _server ?? throw new InvalidOperationException("This account has no socket.");

    public Cloud Cloud { get; }

    public AmazonEC2Client Ec2 { get; }

    public AmazonSimpleSystemsManagementClient Ssm { get; }

    public string SubnetId { get; private set; } = "";

    public string FilterId { get; private set; } = "";

    public string TargetId { get; private set; } = "";

    /// <summary>The environment of a function or of the command line tool in this account.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["AWS_ENDPOINT_URL"] = _url.GetLeftPart(UriPartial.Authority),
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
        var server = await EmulatorServer.StartAsync(options ?? AtOnce);
        return await new EmulatedAccount(server.Cloud, server, server.Url, transport: null).FurnishedAsync();
    }

    /// <summary>One without a socket: all of its callers go through
    /// <paramref name="transport"/>, in their own thread and in the account's
    /// time.</summary>
    public static Task<EmulatedAccount> InMemoryAsync(Cloud cloud, HttpClientFactory transport) =>
        new EmulatedAccount(cloud, server: null, new Uri("http://emulator.invalid"), transport).FurnishedAsync();

    /// <summary>An account whose instances change their state at once.</summary>
    public static EmulatorOptions AtOnce { get; } = new()
    {
        PendingFor = TimeSpan.Zero, StoppingFor = TimeSpan.Zero, ShuttingDownFor = TimeSpan.Zero, AttachingFor = TimeSpan.Zero,
    };

    private async Task<EmulatedAccount> FurnishedAsync()
    {
        SubnetId = (
            await Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest())).Subnets.OrderBy(subnet =>
                subnet.AvailabilityZone, StringComparer.Ordinal)
            .First().SubnetId;
        var sensor = await LaunchAsync("c5.xlarge", tag: null, interfaces: 2);
        FilterId = await NewFilterAsync();
        TargetId = await NewTargetAsync(sensor.NetworkInterfaces.Single(each => each.Attachment.DeviceIndex == 1).NetworkInterfaceId);
        await PutAsync("filter", FilterId);
        await PutAsync("targets/default", TargetId);
        Cloud.Requests.Clear();
        return this;
    }

    private T Configured<T>(T config, HttpClientFactory? transport)
        where T : ClientConfig
    {
        (
            config.ServiceURL, config.AuthenticationRegion, config.MaxErrorRetry,
            config.HttpClientFactory) = (_url.ToString(), Cloud.Options.Region, 0, transport);
        return config;
    }

    public async Task<Instance> LaunchAsync(string instanceType = "m5.large", string? tag = "true", int interfaces = 1, int count = 1)
    {
        var response = await Ec2.RunInstancesAsync(new RunInstancesRequest
        {
            ImageId = "ami-0123456789abcdef0",
            InstanceType = new InstanceType(instanceType),
            MinCount = count,
            MaxCount = count,
            NetworkInterfaces = [
                .. Enumerable.Range(0, interfaces).Select(
                    index =>
                        new InstanceNetworkInterfaceSpecification
                        {
                            DeviceIndex = index,
                            SubnetId = SubnetId,
                            DeleteOnTermination = true,
                        })],
            TagSpecifications = tag is null
                ? null
                : [new TagSpecification { ResourceType = Amazon.EC2.ResourceType.Instance, Tags = [new Tag("Mirror", tag)] }],
        });
        return response.Reservation.Instances[0];
    }

    public async Task<string> NewFilterAsync()
    {
        var filter = (
            await Ec2.CreateTrafficMirrorFilterAsync(new CreateTrafficMirrorFilterRequest())).TrafficMirrorFilter.TrafficMirrorFilterId;
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
        (
            await Ec2.CreateTrafficMirrorTargetAsync(
                new CreateTrafficMirrorTargetRequest
                {
                    NetworkInterfaceId = networkInterfaceId,
                })).TrafficMirrorTarget.TrafficMirrorTargetId;

    public async Task<string> NewLoadBalancerTargetAsync(string name = "sensor") =>
        (await Ec2.CreateTrafficMirrorTargetAsync(new CreateTrafficMirrorTargetRequest
        {
            NetworkLoadBalancerArn =
            $"arn:aws:elasticloadbalancing:{Cloud.Options.Region}:{Cloud.Options.AccountId}:loadbalancer/net/{name}/0123456789abcdef",
        })).TrafficMirrorTarget.TrafficMirrorTargetId;

    public Task PutAsync(string name, string value) =>
        Ssm.PutParameterAsync(new() { Name = $"/automirror/{name}", Value = value, Type = ParameterType.String, Overwrite = true });

    public async Task<IReadOnlyList<TrafficMirrorSession>> SessionsAsync() =>
        (await Ec2.DescribeTrafficMirrorSessionsAsync(new DescribeTrafficMirrorSessionsRequest())).TrafficMirrorSessions ?? [];

    public async Task<TrafficMirrorSession> NewForeignSessionAsync(string networkInterfaceId, int number, string? filterId = null) =>
        (await Ec2.CreateTrafficMirrorSessionAsync(new CreateTrafficMirrorSessionRequest
        {
            NetworkInterfaceId = networkInterfaceId, TrafficMirrorTargetId = await NewLoadBalancerTargetAsync(
                $"foreign-{number}-{networkInterfaceId[^8..]}"),
            TrafficMirrorFilterId = filterId ?? FilterId, SessionNumber = number,
        })).TrafficMirrorSession;

    /// <summary>What the function asked for, oldest first: the action and how it ended.</summary>
    public IReadOnlyList<string> CallsOfFunction() =>
        [.. Cloud.Requests.Snapshot().Where(request => request.AccessKeyId == FunctionKey).Select(request => request.Action)];

    public async ValueTask DisposeAsync()
    {
        Ec2.Dispose();
        Ssm.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
