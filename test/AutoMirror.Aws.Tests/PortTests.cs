using Amazon.EC2;
using Amazon.EC2.Model;
using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;
using Moq;
using Xunit;

namespace AutoMirror.Aws.Tests;

/// <summary>What exactly is asked of the SDK.</summary>
public sealed class PortTests
{
    private readonly Mock<IAmazonEC2> _client = new(MockBehavior.Strict);
    private readonly List<object> _requests = [];

    [Fact]
    public async Task Instances_are_looked_up_by_filter_in_groups_of_200()
    {
        _client.Setup(client => client.DescribeInstancesAsync(Kept<DescribeInstancesRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new DescribeInstancesResponse());
        var ids = Enumerable.Range(0, 450).Select(number => Id<Core.Model.Instance>.Parse($"i-{number:x17}")).ToList();

        await Port().DescribeInstancesAsync(Query.Of(ids), CancellationToken.None);

        var requests = _requests.Cast<DescribeInstancesRequest>().ToList();
        Assert.Equal([200, 200, 50], requests.Select(request => Assert.Single(request.Filters).Values.Count));
        Assert.All(requests, request => Assert.Equal(("instance-id", 1000), (request.Filters[0].Name, request.MaxResults)));
        Assert.All(requests, request => Assert.Null(request.InstanceIds));
        Assert.Equal(ids.Select(id => id.Value), requests.SelectMany(request => request.Filters[0].Values));
    }

    [Fact]
    public async Task Every_page_is_followed()
    {
        _client.Setup(
            client =>
                client.DescribeTrafficMirrorSessionsAsync(Kept<DescribeTrafficMirrorSessionsRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((DescribeTrafficMirrorSessionsRequest request, CancellationToken _) => new DescribeTrafficMirrorSessionsResponse
            {
                TrafficMirrorSessions = [Session($"tms-{_requests.Count}")],
                NextToken = _requests.Count < 12 ? $"page {_requests.Count}" : null,
            });

        var answer = await Port().DescribeSessionsAsync(Query.All<Core.Model.TrafficMirrorSession>(), CancellationToken.None);

        Assert.Equal(12, Assert.IsType<Answer<IReadOnlyList<Core.Model.TrafficMirrorSession>>.Given>(answer).Value.Count);
        Assert.Equal(
            [null, .. Enumerable.Range(1, 11).Select(page => $"page {page}")],
            _requests.Cast<DescribeTrafficMirrorSessionsRequest>().Select(request => request.NextToken));
        Assert.All(
            _requests.Cast<DescribeTrafficMirrorSessionsRequest>(),
            request => Assert.Null(request.Filters is { Count: > 0 } ? request.Filters : null));
    }

    [Fact]
    public async Task A_page_that_leads_to_itself_is_refused()
    {
        _client.Setup(
            client =>
                client.DescribeTrafficMirrorSessionsAsync(Kept<DescribeTrafficMirrorSessionsRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new DescribeTrafficMirrorSessionsResponse { TrafficMirrorSessions = [Session("tms-1")], NextToken = "again" });

        var answer = await Port().DescribeSessionsAsync(Query.All<Core.Model.TrafficMirrorSession>(), CancellationToken.None);

        Assert.Equal(
            RefusalCodes.UnreadableAnswer,
            Assert.IsType<Answer<IReadOnlyList<Core.Model.TrafficMirrorSession>>.Refused>(answer).Refusal.Code);
        Assert.Equal(2, _requests.Count);
    }

    [Fact]
    public async Task What_is_listed_on_two_pages_is_there_once_as_it_was_last()
    {
        _client.Setup(
            client => client.DescribeTrafficMirrorTargetsAsync(Kept<DescribeTrafficMirrorTargetsRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => new DescribeTrafficMirrorTargetsResponse
            {
                TrafficMirrorTargets = [
                    new() { TrafficMirrorTargetId = "tmt-1", NetworkInterfaceId = "eni-1", Tags = [new("page", $"{_requests.Count}")] }],
                NextToken = _requests.Count < 2 ? "more" : null,
            });

        var answer = await Port().DescribeTargetsAsync(CancellationToken.None);

        Assert.Equal(
            "2", Assert.Single(Assert.IsType<Answer<IReadOnlyList<Core.Model.TrafficMirrorTarget>>.Given>(answer).Value).Tags["page"]);
    }

    [Fact]
    public async Task A_page_that_fails_leaves_no_half_answer()
    {
        var pages = 0;
        _client.Setup(client => client.DescribeInstancesAsync(It.IsAny<DescribeInstancesRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(
                () =>
                    ++pages == 1
                        ? new DescribeInstancesResponse { NextToken = "more" }
                        : throw new AmazonEC2Exception("no") { ErrorCode = "UnauthorizedOperation" });

        var answer = await Port().DescribeInstancesAsync(Query.All<Core.Model.Instance>(), CancellationToken.None);

        Assert.Equal(RefusalKind.Denied, Assert.IsType<Answer<IReadOnlyList<Core.Model.Instance>>.Refused>(answer).Refusal.Kind);
    }

    [Fact]
    public async Task An_endless_chain_of_pages_is_cut()
    {
        _client.Setup(client => client.DescribeVpcsAsync(It.IsAny<DescribeVpcsRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new DescribeVpcsResponse { NextToken = "again" });

        var answer = await Port().DescribeVpcsAsync([Id<Core.Model.Vpc>.Parse("vpc-1")], CancellationToken.None);

        Assert.IsType<Answer<IReadOnlyList<Core.Model.Vpc>>.Refused>(answer);
    }

    [Fact]
    public async Task A_create_carries_its_tags_and_its_token()
    {
        _client.Setup(
            client => client.CreateTrafficMirrorSessionAsync(Kept<CreateTrafficMirrorSessionRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new CreateTrafficMirrorSessionResponse { TrafficMirrorSession = Session("tms-1") });
        var tags = Deployment.Default.TagsFor(
            Id<Core.Model.NetworkInterface>.Parse("eni-1"), Id<Core.Model.Instance>.Parse("i-1"), SensorName.Default, null, [], Tags.None);

        await Port().CreateSessionAsync(
            new SessionSettings(
                Id<Core.Model.NetworkInterface>.Parse("eni-1"), Id<Core.Model.Instance>.Parse("i-1"), SensorName.Default,
                Id<Core.Model.TrafficMirrorTarget>.Parse("tmt-1"),
                Id<Core.Model.TrafficMirrorFilter>.Parse("tmf-1"), SessionNumber.First, null, null, "what it is for", tags),
            "the token",
            CancellationToken.None);

        var request = Assert.IsType<CreateTrafficMirrorSessionRequest>(Assert.Single(_requests));
        Assert.Equal(("eni-1", "tmt-1", "tmf-1", 1, "what it is for", "the token"),
            (
                request.NetworkInterfaceId, request.TrafficMirrorTargetId, request.TrafficMirrorFilterId, request.SessionNumber,
                request.Description, request.ClientToken));
        Assert.Null(request.PacketLength);
        Assert.Null(request.VirtualNetworkId);
        var specification = Assert.Single(request.TagSpecifications);
        Assert.Equal(Amazon.EC2.ResourceType.TrafficMirrorSession, specification.ResourceType);
        Assert.Equal(tags.Pairs, specification.Tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value)));
    }

    [Fact]
    public async Task Whole_packets_come_back_by_removing_the_field()
    {
        _client.Setup(
            client => client.ModifyTrafficMirrorSessionAsync(Kept<ModifyTrafficMirrorSessionRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new ModifyTrafficMirrorSessionResponse());

        await Port().ModifySessionAsync(
            Id<Core.Model.TrafficMirrorSession>.Parse("tms-1"), new SessionDifference { RemovePacketLength = true },
            CancellationToken.None);

        var request = Assert.IsType<ModifyTrafficMirrorSessionRequest>(Assert.Single(_requests));
        Assert.Equal(["packet-length"], request.RemoveFields);
        Assert.Null(request.SessionNumber);
        Assert.Null(request.TrafficMirrorTargetId);
    }

    [Fact]
    public async Task A_create_whose_answer_tells_of_no_session_is_a_refusal()
    {
        _client.Setup(
            client => client.CreateTrafficMirrorSessionAsync(It.IsAny<CreateTrafficMirrorSessionRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new CreateTrafficMirrorSessionResponse());
        var settings = new SessionSettings(
            Id<Core.Model.NetworkInterface>.Parse("eni-1"), null, SensorName.Default, Id<Core.Model.TrafficMirrorTarget>.Parse("tmt-1"),
            Id<Core.Model.TrafficMirrorFilter>.Parse("tmf-1"),
            SessionNumber.First, null, null, "", Tags.None);

        var answer = await Port().CreateSessionAsync(settings, "token", CancellationToken.None);

        Assert.Equal(RefusalCodes.UnreadableAnswer, Assert.IsType<Answer<Core.Model.TrafficMirrorSession>.Refused>(answer).Refusal.Code);
    }

    [Fact]
    public async Task A_session_that_is_gone_already_is_deleted()
    {
        _client.Setup(
            client => client.DeleteTrafficMirrorSessionAsync(It.IsAny<DeleteTrafficMirrorSessionRequest>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new AmazonEC2Exception("gone") { ErrorCode = "InvalidTrafficMirrorSessionId.NotFound" });

        Assert.Null(await Port().DeleteSessionAsync(Id<Core.Model.TrafficMirrorSession>.Parse("tms-1"), CancellationToken.None));
    }

    private static AwsCaller Caller() => new(new RetryPolicy(TimeProvider.System, DateTimeOffset.MaxValue, () => 0));

    private static Amazon.EC2.Model.TrafficMirrorSession Session(string id) => new()
    {
        TrafficMirrorSessionId =
            id, NetworkInterfaceId = "eni-1", TrafficMirrorTargetId = "tmt-1", TrafficMirrorFilterId = "tmf-1", SessionNumber = 1,
    };

    private T Kept<T>() => Match.Create<T>(request =>
    {
        _requests.Add(request!);
        return true;
    });

    private Ec2Port Port() => new(_client.Object, Caller());
}
