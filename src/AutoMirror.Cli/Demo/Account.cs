using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using AutoMirror.Emulator;

namespace AutoMirror.Cli.Demo;

/// <summary>The account that the demo plays in, seen through the AWS SDK as anybody would see it.</summary>
internal sealed class Account(EmulatorServer server) : IDisposable
{
    private const string Image = "ami-0123456789abcdef0";

    private readonly AmazonEC2Client _ec2 = new(
        new BasicAWSCredentials("AKIADEMOPERSON", "demo"), Configure(new AmazonEC2Config(), server));
    private readonly AmazonSimpleSystemsManagementClient _ssm = new(
        new BasicAWSCredentials("AKIADEMOPERSON", "demo"), Configure(new AmazonSimpleSystemsManagementConfig(), server));

    /// <summary>The names that the demo gave its instances.</summary>
    public Dictionary<string, string> Names { get; } = [];

    /// <summary>Launches an instance.</summary>
    public async Task<Instance> LaunchAsync(
        string name, string instanceType, string? tag, int interfaces, CancellationToken cancellationToken)
    {
        var subnet = (
            await _ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest(), cancellationToken)).Subnets.OrderBy(each =>
                each.AvailabilityZone, StringComparer.Ordinal)
            .First();
        var response = await _ec2.RunInstancesAsync(
            new RunInstancesRequest
            {
                ImageId = Image,
                InstanceType = new InstanceType(instanceType),
                MinCount = 1,
                MaxCount = 1,
                NetworkInterfaces = [
                    .. Enumerable.Range(0, interfaces).Select(
                        index =>
                            new InstanceNetworkInterfaceSpecification
                            {
                                DeviceIndex = index,
                                SubnetId = subnet.SubnetId,
                                DeleteOnTermination = true,
                            })],
                TagSpecifications = [
                    new TagSpecification
                    {
                        ResourceType = Amazon.EC2.ResourceType.Instance,
                        Tags = [new Tag("Name", name), .. tag is null ? Array.Empty<Tag>() : [new Tag("Mirror", tag)]],
                    }],
            },
            cancellationToken);
        var instance = response.Reservation.Instances[0];
        Names[instance.InstanceId] = name;
        return instance;
    }

    /// <summary>What the sensor vendor's guide says: one shared filter, a target on the sensor's
    /// capture interface, and what AutoMirror reads in Parameter Store.</summary>
    public async Task<string> SetUpMirroringAsync(Instance sensor, CancellationToken cancellationToken)
    {
        var filter = (
            await _ec2.CreateTrafficMirrorFilterAsync(
                new CreateTrafficMirrorFilterRequest { Description = "all traffic" },
                cancellationToken)).TrafficMirrorFilter.TrafficMirrorFilterId;
        await _ec2.ModifyTrafficMirrorFilterNetworkServicesAsync(
            new ModifyTrafficMirrorFilterNetworkServicesRequest { TrafficMirrorFilterId = filter, AddNetworkServices = ["amazon-dns"] },
            cancellationToken);
        foreach (var direction in (TrafficDirection[])[TrafficDirection.Ingress, TrafficDirection.Egress])
        {
            await _ec2.CreateTrafficMirrorFilterRuleAsync(
                new CreateTrafficMirrorFilterRuleRequest
                {
                    TrafficMirrorFilterId =
                        filter, TrafficDirection = direction, RuleNumber = 100, RuleAction = TrafficMirrorRuleAction.Accept,
                    SourceCidrBlock = "0.0.0.0/0", DestinationCidrBlock = "0.0.0.0/0",
                },
                cancellationToken);
        }

        var capture = sensor.NetworkInterfaces.Single(each => each.Attachment.DeviceIndex == 1).NetworkInterfaceId;
        var target = (
            await _ec2.CreateTrafficMirrorTargetAsync(
                new CreateTrafficMirrorTargetRequest { NetworkInterfaceId = capture, Description = "the sensor's capture interface" },
                cancellationToken)).TrafficMirrorTarget.TrafficMirrorTargetId;
        await PutParameterAsync("/automirror/filter", filter, cancellationToken);
        await PutParameterAsync("/automirror/targets/default", target, cancellationToken);
        return target;
    }

    public Task StopAsync(string instanceId, CancellationToken cancellationToken) =>
        _ec2.StopInstancesAsync(new StopInstancesRequest([instanceId]), cancellationToken);

    public Task StartAsync(string instanceId, CancellationToken cancellationToken) =>
        _ec2.StartInstancesAsync(new StartInstancesRequest([instanceId]), cancellationToken);

    public Task TerminateAsync(string instanceId, CancellationToken cancellationToken) =>
        _ec2.TerminateInstancesAsync(new TerminateInstancesRequest([instanceId]), cancellationToken);

    public Task DeleteSessionAsync(string sessionId, CancellationToken cancellationToken) =>
        _ec2.DeleteTrafficMirrorSessionAsync(
            new DeleteTrafficMirrorSessionRequest { TrafficMirrorSessionId = sessionId }, cancellationToken);

    /// <summary>Every mirror session that EC2 shows.</summary>
    public async Task<IReadOnlyList<TrafficMirrorSession>> SessionsAsync(CancellationToken cancellationToken) =>
        (await _ec2.DescribeTrafficMirrorSessionsAsync(new DescribeTrafficMirrorSessionsRequest(), cancellationToken)).TrafficMirrorSessions
            ?? [];

    /// <summary>Every instance that EC2 shows.</summary>
    public async Task<IReadOnlyList<Instance>> InstancesAsync(CancellationToken cancellationToken) =>
        [
            .. ((await _ec2.DescribeInstancesAsync(new DescribeInstancesRequest(), cancellationToken)).Reservations ?? [])
                .SelectMany(reservation => reservation.Instances),
        ];

    /// <inheritdoc/>
    public void Dispose()
    {
        _ec2.Dispose();
        _ssm.Dispose();
    }

    private Task PutParameterAsync(string name, string value, CancellationToken cancellationToken) =>
        _ssm.PutParameterAsync(new() { Name = name, Value = value, Type = ParameterType.String }, cancellationToken);

    private static T Configure<T>(T config, EmulatorServer server)
        where T : ClientConfig
    {
        config.ServiceURL = server.Url.ToString();
        config.AuthenticationRegion = server.Cloud.Options.Region;
        return config;
    }
}
