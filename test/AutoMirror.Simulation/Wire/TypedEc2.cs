using Amazon;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using AutoMirror.Emulator;
using AutoMirror.Emulator.Ec2;
using Emulated = AutoMirror.Emulator.Ec2;

namespace AutoMirror.Simulation.Wire;

/// <summary>The SDK's EC2 client over the state engine: what the function calls, and
/// nothing else. A planted bug overrides what it gets wrong.</summary>
internal class TypedEc2(History history, CallPath path) : AmazonEC2Client(
    Anonymous, new AmazonEC2Config { RegionEndpoint = RegionEndpoint.USEast1 })
{
    private static readonly AnonymousAWSCredentials Anonymous = new();

    protected History History { get; } = history;

    protected CallPath Path { get; } = path;

    private Ec2Engine Ec2 => History.Cloud.Ec2;

    public override Task<DescribeInstancesResponse> DescribeInstancesAsync(
        DescribeInstancesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("DescribeInstances", request.Filters, () =>
        {
            var page = Ec2.Instances.Describe(QueryOf(request.Filters, request.MaxResults, request.NextToken));
            return new DescribeInstancesResponse
            {
                Reservations = [
                    .. page.Items.Select(
                        each =>
                            new Reservation
                            {
                                OwnerId = History.Cloud.Options.AccountId,
                                Instances = [ToSdk.Instance(each, Ec2.Instances.InterfacesOf(each.Id))],
                            })],
                NextToken = page.NextToken,
            };
        });

    public override Task<DescribeNetworkInterfacesResponse> DescribeNetworkInterfacesAsync(
        DescribeNetworkInterfacesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("DescribeNetworkInterfaces", request.Filters, () =>
        {
            var page = Ec2.NetworkInterfaces.Describe(QueryOf(request.Filters, request.MaxResults, request.NextToken));
            return new DescribeNetworkInterfacesResponse
            {
                NetworkInterfaces = [.. page.Items.Select(ToSdk.NetworkInterface)],
                NextToken = page.NextToken,
            };
        });

    public override Task<DescribeTrafficMirrorSessionsResponse> DescribeTrafficMirrorSessionsAsync(
        DescribeTrafficMirrorSessionsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("DescribeTrafficMirrorSessions", request.Filters, () =>
        {
            var page = Ec2.Sessions.Describe(QueryOf(request.Filters, request.MaxResults, request.NextToken));
            return new DescribeTrafficMirrorSessionsResponse
            {
                TrafficMirrorSessions = [.. page.Items.Select(ToSdk.Session)],
                NextToken = page.NextToken,
            };
        });

    public override Task<DescribeTrafficMirrorTargetsResponse> DescribeTrafficMirrorTargetsAsync(
        DescribeTrafficMirrorTargetsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("DescribeTrafficMirrorTargets", request.Filters, () =>
        {
            var page = Ec2.Targets.Describe(QueryOf(request.Filters, request.MaxResults, request.NextToken));
            return new DescribeTrafficMirrorTargetsResponse
            {
                TrafficMirrorTargets = [.. page.Items.Select(each => ToSdk.Target(each, History.Cloud.Options.AccountId))],
                NextToken = page.NextToken,
            };
        });

    public override Task<DescribeTrafficMirrorFiltersResponse> DescribeTrafficMirrorFiltersAsync(
        DescribeTrafficMirrorFiltersRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("DescribeTrafficMirrorFilters", request.Filters, () =>
        {
            var page = Ec2.Filters.Describe(QueryOf(request.Filters, request.MaxResults, request.NextToken));
            return new DescribeTrafficMirrorFiltersResponse
            {
                TrafficMirrorFilters = [
                    .. page.Items.Select(
                        each => ToSdk.Filter(each, Ec2.Filters.RulesOf(each.Id, "ingress"), Ec2.Filters.RulesOf(each.Id, "egress")))],
                NextToken = page.NextToken,
            };
        });

    public override Task<DescribeSubnetsResponse> DescribeSubnetsAsync(
        DescribeSubnetsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("DescribeSubnets", request.Filters, () =>
        {
            var page = Ec2.Networks.DescribeSubnets(QueryOf(request.Filters, request.MaxResults, request.NextToken));
            return new DescribeSubnetsResponse { Subnets = [.. page.Items.Select(ToSdk.Subnet)], NextToken = page.NextToken };
        });

    public override Task<DescribeVpcsResponse> DescribeVpcsAsync(
        DescribeVpcsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("DescribeVpcs", request.Filters, () =>
        {
            var page = Ec2.Networks.DescribeVpcs(QueryOf(request.Filters, request.MaxResults, request.NextToken));
            return new DescribeVpcsResponse { Vpcs = [.. page.Items.Select(ToSdk.Vpc)], NextToken = page.NextToken };
        });

    public override Task<CreateTrafficMirrorSessionResponse> CreateTrafficMirrorSessionAsync(
        CreateTrafficMirrorSessionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("CreateTrafficMirrorSession", null, () =>
        {
            var asked = new Emulated.Mirroring.SessionRequest
            {
                NetworkInterfaceId = request.NetworkInterfaceId,
                TargetId = request.TrafficMirrorTargetId,
                FilterId = request.TrafficMirrorFilterId,
                SessionNumber = request.SessionNumber,
                VirtualNetworkId = request.VirtualNetworkId,
                PacketLength = request.PacketLength,
                Description = request.Description,
                Tags = request.TagSpecifications.SelectMany(each => each.Tags).ToDictionary(tag => tag.Key, tag => tag.Value),
            };
            string Fingerprint() => $"{asked with { Tags = null }} {string.Join(',', asked.Tags!)}";
            var made = History.Cloud.Idempotency.Once(
                "CreateTrafficMirrorSession", request.ClientToken, Fingerprint, () => Ec2.Sessions.Create(asked));
            return new CreateTrafficMirrorSessionResponse { TrafficMirrorSession = ToSdk.Session(made) };
        });

    public override Task<ModifyTrafficMirrorSessionResponse> ModifyTrafficMirrorSessionAsync(
        ModifyTrafficMirrorSessionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("ModifyTrafficMirrorSession", null, () =>
        {
            var asked = new Emulated.Mirroring.SessionRequest
            {
                TargetId = request.TrafficMirrorTargetId,
                FilterId = request.TrafficMirrorFilterId,
                SessionNumber = request.SessionNumber,
                VirtualNetworkId = request.VirtualNetworkId,
                PacketLength = request.PacketLength,
                Description = request.Description,
            };
            return new ModifyTrafficMirrorSessionResponse
            {
                TrafficMirrorSession = ToSdk.Session(
                    Ec2.Sessions.Modify(request.TrafficMirrorSessionId, asked, request.RemoveFields ?? [])),
            };
        });

    public override Task<DeleteTrafficMirrorSessionResponse> DeleteTrafficMirrorSessionAsync(
        DeleteTrafficMirrorSessionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("DeleteTrafficMirrorSession", null, () =>
        {
            Ec2.Sessions.Delete(request.TrafficMirrorSessionId);
            return new DeleteTrafficMirrorSessionResponse();
        });

    public override Task<CreateTagsResponse> CreateTagsAsync(CreateTagsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("CreateTags", null, () =>
        {
            Ec2.Tags.Create(request.Resources, request.Tags.ToDictionary(tag => tag.Key, tag => tag.Value));
            return new CreateTagsResponse();
        });

    public override Task<DeleteTagsResponse> DeleteTagsAsync(DeleteTagsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("DeleteTags", null, () =>
        {
            Ec2.Tags.Delete(request.Resources, [.. request.Tags.Select(tag => (tag.Key, (string?)tag.Value))]);
            return new DeleteTagsResponse();
        });

    protected virtual Task<T> CallAsync<T>(string action, List<Amazon.EC2.Model.Filter>? filters, Func<T> work) =>
        Path.CallAsync("ec2", action, filters is null or [], new TypedTransport<T>(work));

    private Query QueryOf(List<Amazon.EC2.Model.Filter>? filters, int? maxResults, string? token) => new()
    {
        Filters = [.. (filters ?? []).Select(filter => new AutoMirror.Emulator.Filter(filter.Name, [.. filter.Values]))],
        MaxResults = Math.Min(maxResults ?? 1000, History.Dials.PageSize),
        NextToken = token,
    };
}
