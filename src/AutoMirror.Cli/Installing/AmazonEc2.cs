using Amazon.EC2;
using Amazon.EC2.Model;
using AutoMirror.Core.Model;

namespace AutoMirror.Cli.Installing;

/// <summary>The calls that <c>setup</c> makes.</summary>
internal sealed class AmazonEc2(AmazonEC2Client client)
{
    public async Task<string> NewFilterAsync(string deployment, CancellationToken cancellationToken) =>
        (await client.CreateTrafficMirrorFilterAsync(
            new()
            {
                Description = $"automirror/{deployment}: all packets",
                TagSpecifications = Owned(ResourceType.TrafficMirrorFilter, deployment, "automirror all packets"),
            }, cancellationToken)).TrafficMirrorFilter.TrafficMirrorFilterId;

    public Task NewRuleAsync(string filter, string direction, string cidr, int number, CancellationToken cancellationToken) =>
        client.CreateTrafficMirrorFilterRuleAsync(
            new()
            {
                TrafficMirrorFilterId = filter,
                TrafficDirection = new Amazon.EC2.TrafficDirection(direction),
                RuleNumber = number,
                RuleAction = TrafficMirrorRuleAction.Accept,
                SourceCidrBlock = cidr,
                DestinationCidrBlock = cidr,
            }, cancellationToken);

    public Task AddDnsAsync(string filter, CancellationToken cancellationToken) => client.ModifyTrafficMirrorFilterNetworkServicesAsync(
        new() { TrafficMirrorFilterId = filter, AddNetworkServices = ["amazon-dns"] }, cancellationToken);

    public async Task<string> NewTargetAsync(SensorPlace place, string deployment, CancellationToken cancellationToken) =>
        (await client.CreateTrafficMirrorTargetAsync(
            new()
            {
                NetworkInterfaceId = (place.Destination as TargetDestination.CaptureInterface)?.Id.Value,
                NetworkLoadBalancerArn = (place.Destination as TargetDestination.NetworkLoadBalancer)?.Arn,
                GatewayLoadBalancerEndpointId = (place.Destination as TargetDestination.GatewayLoadBalancerEndpoint)?.Id.Value,
                Description = $"automirror/{deployment}: sensor {place.Sensor}",
                TagSpecifications = Owned(ResourceType.TrafficMirrorTarget, deployment, $"automirror {place.Sensor}"),
            }, cancellationToken)).TrafficMirrorTarget.TrafficMirrorTargetId;

    public Task TagAsync(string resource, string key, string value, CancellationToken cancellationToken) =>
        client.CreateTagsAsync(new() { Resources = [resource], Tags = [new Tag(key, value)] }, cancellationToken);

    private static List<TagSpecification> Owned(ResourceType type, string deployment, string name) =>
    [
        new()
        {
            ResourceType = type,
            Tags = [new Tag(Ownership.ManagedByKey, deployment), new Tag(Ownership.NameKey, name)],
        },
    ];
}
