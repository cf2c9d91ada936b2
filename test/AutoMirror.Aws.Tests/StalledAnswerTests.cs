using Amazon.EC2;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using AutoMirror.Aws.Hosting;
using AutoMirror.Core.Ports;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AutoMirror.Aws.Tests;

/// <summary>Over real sockets: an attempt ends at its limit wherever the answer stalls, and is repeated; no redirect is followed.</summary>
public sealed class StalledAnswerTests
{
    private const string Sessions =
        "<DescribeTrafficMirrorSessionsResponse><requestId>r-1</requestId><trafficMirrorSessionSet/>"
            + "</DescribeTrafficMirrorSessionsResponse>";

    private static readonly BasicAWSCredentials Credentials = new("AKIATEST", "secret");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<DescribeTrafficMirrorSessionsResponse><requestId>r-1</requestId>")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n26\r\n<DescribeTrafficMirrorSessionsResponse>")]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 5000\r\n\r\n<Response>")]
    public async Task EC2s_answer_may_stall_anywhere(string beginning)
    {
        await using var server = new StallingServer(beginning, StallingServer.Whole(Sessions));
        using var ec2 = new AmazonEC2Client(Credentials, Configured(new AmazonEC2Config(), server));
        var caller = Caller();

        var reading = new Ec2Port(ec2, caller).DescribeSessionsAsync(Query.All<Core.Model.TrafficMirrorSession>(), CancellationToken.None);
        await server.StalledAsync();
        Assert.False(reading.IsCompleted);
        _time.Advance(AwsCaller.AttemptLimit);

        Assert.Empty(Assert.IsType<Answer<IReadOnlyList<Core.Model.TrafficMirrorSession>>.Given>(await reading).Value);
        Assert.Equal(2, server.Requests);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"Parameters\":")]
    [InlineData("")]
    public async Task Parameter_Stores_answer_may_stall_anywhere(string beginning)
    {
        await using var server = new StallingServer(beginning, StallingServer.Whole("""{"Parameters":[]}"""));
        using var ssm = new AmazonSimpleSystemsManagementClient(
            Credentials, Configured(new AmazonSimpleSystemsManagementConfig(), server));

        var reading = new ParameterStorePort(ssm, Caller()).ReadAsync("/automirror", CancellationToken.None);
        await server.StalledAsync();
        _time.Advance(AwsCaller.AttemptLimit);

        Assert.IsType<Answer<IReadOnlyList<Parameter>>.Given>(await reading);
        Assert.Equal(2, server.Requests);
    }

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task No_redirect_is_followed(string status)
    {
        await using var elsewhere = new StallingServer(StallingServer.Whole(Sessions));
        await using var server = new StallingServer(
            Enumerable.Repeat(StallingServer.Whole("", status, $"Location: {elsewhere.Url}\r\n"), RetryPolicy.MostAttempts));
        using var ec2 = new AmazonEC2Client(Credentials, Configured(new AmazonEC2Config(), server));

        var answer = await new Ec2Port(ec2, Caller()).DescribeSessionsAsync(
            Query.All<Core.Model.TrafficMirrorSession>(), CancellationToken.None);

        Assert.IsType<Answer<IReadOnlyList<Core.Model.TrafficMirrorSession>>.Refused>(answer);
        Assert.Equal(0, elsewhere.Requests);
    }

    private AwsCaller Caller() => new(new RetryPolicy(_time, _time.GetUtcNow().AddMinutes(5), () => 0));

    private T Configured<T>(T config, StallingServer server)
        where T : ClientConfig
    {
        config.ServiceURL = server.Url.ToString();
        config.AuthenticationRegion = "us-east-1";
        config.MaxErrorRetry = 0;
        config.HttpClientFactory = new AnswerTransport(AwsCaller.AttemptLimit, _time);
        return config;
    }
}
