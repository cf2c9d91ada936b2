using Amazon.Runtime;
using AutoMirror.Core.Reporting;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AutoMirror.Aws.Tests;

/// <summary>What the function makes of answers that are none, and of answers that don't come.</summary>
public sealed class StrangeAnswerTests
{
    private const long MostAllocated = 500_000_000;

    [Theory]
    [InlineData("DescribeTrafficMirrorSessions")]
    [InlineData("CreateTrafficMirrorSession")]
    public async Task A_page_that_is_not_EC2s_is_no_answer(string action)
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync();
        using var function = new FunctionUnderTest(account, Answering(action, "<html><body>Please sign in.</body></html>"));

        var failure = await function.FailureAsync("{}", timeout: TimeSpan.FromSeconds(1));

        Assert.Equal(Conclusion.UnfinishedType, failure.ErrorType);
        Assert.Contains("UnreadableAnswer", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await account.SessionsAsync());
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
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(account, Answering("GetParametersByPath", body));
        var allocated = GC.GetTotalAllocatedBytes();

        var failure = await function.FailureAsync("{}", timeout: TimeSpan.FromSeconds(1));

        Assert.Equal(Conclusion.UnfinishedType, failure.ErrorType);
        Assert.Contains("UnreadableAnswer", failure.Message, StringComparison.Ordinal);

        // Far more than all tests beside this one take in a second, and far less than a reader that does not end.
        Assert.InRange(GC.GetTotalAllocatedBytes() - allocated, 0, MostAllocated);
    }

    [Fact]
    public async Task What_Parameter_Store_may_tell_one_day_is_passed_over()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var filter = (await account.Ssm.GetParameterAsync(new() { Name = "/automirror/filter" })).Parameter.Value;
        var body = $$$"""{"Parameters":[{"Name":"/automirror/filter","Type":"String","Value":"{{{filter}}}","Labels":["a",{"b":[]}]}],"Source":{"Cache":[1]}}""";
        using var function = new FunctionUnderTest(account, Answering("GetParametersByPath", body));

        Assert.True((await function.ReportAsync("{}")).GetProperty("converged").GetBoolean());
    }

    [Fact]
    public async Task A_warm_up_that_takes_too_long_is_cut_short_by_the_functions_own_clock()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using var function = new FunctionUnderTest(account, new Unanswering(), time: time);

        var warmUp = function.InitializeAsync();
        Assert.False(warmUp.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(4));
        await warmUp.WaitAsync(TimeSpan.FromSeconds(2));

        Assert.Contains("did not come within 4 s", Assert.Single(function.Log).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    /// <summary>One action is answered by something else, with status 200.</summary>
    private static GateTransport Answering(string action, string body) => new((asked, request, send) => asked != action
        ? send()
        : Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.OK) { RequestMessage = request, Content = new StringContent(body) }));

    /// <summary>A way to nowhere: a request only ends when it is given up.</summary>
    private sealed class Unanswering : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler()) { Timeout = Timeout.InfiniteTimeSpan };

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        private sealed class Handler : HttpMessageHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                throw new InvalidOperationException("Not reached.");
            }
        }
    }
}
