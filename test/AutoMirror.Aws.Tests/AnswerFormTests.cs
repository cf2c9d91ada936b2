using Amazon.Runtime;
using AutoMirror.Aws.Hosting;
using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.Aws.Tests;

/// <summary>Answers of another form than the service's, which the SDK takes for good, or reads without
/// end. Nothing runs beside these tests: they measure what is allocated.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AnswerFormTests
{
    private const string Name = "nothing runs beside these";
    private const long MostAllocated = 100_000_000;

    private readonly VirtualTime _time = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
    private readonly Settings _settings = Settings.Read(name => name == "AWS_REGION" ? "eu-west-1" : null, []);
    private readonly BasicAWSCredentials _credentials = new("AKIATEST", "secret");

    // Without time for another attempt.
    private AwsCaller Caller => new(new RetryPolicy(_time, _time.GetUtcNow(), () => 0));

    [Fact]
    public async Task A_page_that_is_not_EC2s_is_no_answer_of_EC2()
    {
        using var client = Clients.Ec2(_settings, _credentials);
        ((ClientConfig)client.Config).HttpClientFactory = GateTransport.Answering("<html><body>Please sign in.</body></html>");
        var port = new Ec2Port(client, Caller);

        var described = Assert.IsType<Answer<IReadOnlyList<TrafficMirrorSession>>.Refused>(
            await port.DescribeSessionsAsync(Query.All<TrafficMirrorSession>(), CancellationToken.None));
        var deleted = Assert.IsType<Refusal>(
            await port.DeleteSessionAsync(Id<TrafficMirrorSession>.Parse("tms-1"), CancellationToken.None));

        Assert.Equal([RefusalCodes.UnreadableAnswer, RefusalCodes.UnreadableAnswer], (string[])[described.Refusal.Code, deleted.Code]);
    }

    [Theory]
    [InlineData("""{"Parameters":5}""")]
    [InlineData("""{"Parameters":[5]}""")]
    [InlineData("""{"Parameters":[[]]}""")]
    [InlineData("""{"Parameters":{"a":[]}}""")]
    [InlineData("""{"Parameters":[{"Name":[]}]}""")]
    [InlineData("""{"Parameters":[],"NextToken":{}}""")]
    [InlineData("""[{}]""")]
    [InlineData("""{"Parameters":[""")]
    public async Task JSON_of_another_form_is_no_answer_of_Parameter_Store(string body)
    {
        var allocated = GC.GetTotalAllocatedBytes();

        var refused = Assert.IsType<Answer<IReadOnlyList<Parameter>>.Refused>(await ReadAsync(body));

        Assert.Equal((RefusalKind.Transient, RefusalCodes.UnreadableAnswer), (refused.Refusal.Kind, refused.Refusal.Code));

        // Far more than the call takes, and far less than a reader that does not end.
        Assert.InRange(GC.GetTotalAllocatedBytes() - allocated, 0, MostAllocated);
    }

    [Fact]
    public async Task What_Parameter_Store_may_tell_one_day_is_passed_over()
    {
        var given = Assert.IsType<Answer<IReadOnlyList<Parameter>>.Given>(await ReadAsync(
            """{"Parameters":[{"Name":"/automirror/filter","Type":"String","Value":"tmf-1","Labels":["a",{"b":[]}]}],"Source":{"Cache":[1]}}"""));

        Assert.Equal(new Parameter("/automirror/filter", "String", "tmf-1"), Assert.Single(given.Value));
    }

    private async Task<Answer<IReadOnlyList<Parameter>>> ReadAsync(string body)
    {
        using var client = Clients.Ssm(_settings, _credentials);
        ((ClientConfig)client.Config).HttpClientFactory = GateTransport.Answering(body);
        return await new ParameterStorePort(client, Caller).ReadAsync("/automirror", CancellationToken.None);
    }
}
