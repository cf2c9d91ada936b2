using Amazon.Runtime;
using AutoMirror.Core.Ports;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.Aws.Tests;

public sealed class RetryTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private readonly VirtualTime _time = new(Now);

    [Theory]
    [InlineData("RequestLimitExceeded", 503)]
    [InlineData("Throttling", 400)]
    [InlineData("ThrottlingException", 400)]
    [InlineData("InternalError", 500)]
    [InlineData("Unavailable", 503)]
    [InlineData("SomethingNew", 502)]
    public async Task What_passes_by_itself_is_tried_again(string code, int status)
    {
        var attempts = 0;

        var answer = await CallAsync(() => ++attempts < 3 ? throw Error(code, status) : Task.FromResult(42));

        Assert.Equal(new Answer<int>.Given(42), answer);
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task Broken_connections_and_time_outs_are_tried_again()
    {
        var failures = new Queue<Exception>([
            new HttpRequestException("refused"), new IOException("reset"), new OperationCanceledException("timed out"),
            new AmazonClientException("wrapped", new HttpRequestException("inner"))]);

        var answer = await CallAsync(() => failures.TryDequeue(out var failure) ? throw failure : Task.FromResult(1));

        Assert.Equal(new Answer<int>.Given(1), answer);
    }

    [Fact]
    public async Task An_answer_that_is_no_XML_is_tried_again()
    {
        var attempts = 0;

        var answer = await CallAsync(
            () => ++attempts < 3 ? throw new System.Xml.XmlException("Root element is missing.") : Task.FromResult(42));

        Assert.Equal(new Answer<int>.Given(42), answer);
    }

    [Fact]
    public async Task A_number_that_no_field_can_hold_is_a_refusal()
    {
        var answer = await CallAsync<int>(() => throw new OverflowException("Value was either too large or too small for an Int32."));

        var refusal = Assert.IsType<Answer<int>.Refused>(answer).Refusal;
        Assert.Equal((RefusalKind.Other, RefusalCodes.UnreadableAnswer), (refusal.Kind, refusal.Code));
    }

    [Fact]
    public async Task Words_of_the_service_are_told_up_to_a_length()
    {
        var answer = await CallAsync<int>(() => throw Error(new string('x', 1_000_000), 400));

        Assert.True(Assert.IsType<Answer<int>.Refused>(answer).Refusal.ToString().Length < 10_000);
    }

    [Theory]
    [InlineData("NetworkInterfaceNotSupported", nameof(RefusalKind.SourceNotSupported))]
    [InlineData("UnauthorizedOperation", nameof(RefusalKind.Denied))]
    [InlineData("InvalidParameterValue", nameof(RefusalKind.Other))]
    [InlineData("TrafficMirrorSourcesPerTargetLimitExceeded", nameof(RefusalKind.TargetFull))]
    public async Task A_permanent_refusal_is_asked_for_once(string code, string kind)
    {
        var attempts = 0;

        var answer = await CallAsync<int>(() =>
        {
            attempts++;
            throw Error(code, 400);
        });

        Assert.Equal(Enum.Parse<RefusalKind>(kind), Assert.IsType<Answer<int>.Refused>(answer).Refusal.Kind);
        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task Nothing_is_started_that_the_deadline_would_cut()
    {
        var attempts = new List<DateTimeOffset>();

        var answer = await CallAsync<int>(() =>
        {
            attempts.Add(_time.GetUtcNow());
            throw Error("RequestLimitExceeded", 503);
        }, stopAfter: TimeSpan.FromSeconds(2));

        var refusal = Assert.IsType<Answer<int>.Refused>(answer).Refusal;
        Assert.Equal((RefusalKind.Transient, "RequestLimitExceeded"), (refusal.Kind, refusal.Code));
        Assert.All(attempts, at => Assert.True(at < Now + TimeSpan.FromSeconds(2)));
        Assert.True(attempts.Count > 1);
    }

    [Fact]
    public async Task Having_waited_for_its_turn_often_leaves_a_call_its_attempts_when_the_way_fails()
    {
        var attempts = 0;
        var caller = new AwsCaller(
            new RetryPolicy(_time, Now.AddMinutes(10), () => 0.5), _ => new RateLimiter(_time, RateLimiter.DescribesASecond));

        var answer = await WithTimeAsync(caller.ReadAsync("DescribeInstances", _ => ++attempts switch
        {
            <= 20 => throw Error("RequestLimitExceeded", 503),
            <= 24 => throw new HttpRequestException("cut"),
            _ => Task.FromResult(42),
        }, CancellationToken.None));

        Assert.Equal(new Answer<int>.Given(42), answer);
    }

    [Fact]
    public async Task The_number_of_attempts_is_bounded()
    {
        var attempts = 0;

        await CallAsync<int>(() =>
        {
            attempts++;
            throw Error("RequestLimitExceeded", 503);
        }, stopAfter: TimeSpan.FromDays(1));

        Assert.Equal(RetryPolicy.MostAttempts, attempts);
    }

    [Fact]
    public async Task Waits_grow_and_are_spread()
    {
        var longest = Enumerable.Range(1, 9)
            .Select(attempt => new RetryPolicy(_time, DateTimeOffset.MaxValue, () => 1).WaitAfter(attempt)!.Value).ToList();
        var shortest = Enumerable.Range(1, 9)
            .Select(attempt => new RetryPolicy(_time, DateTimeOffset.MaxValue, () => 0).WaitAfter(attempt)!.Value).ToList();

        Assert.Equal(longest.Order(), longest);
        Assert.Equal(TimeSpan.FromMilliseconds(100), longest[0]);
        Assert.Equal(TimeSpan.FromSeconds(5), longest[^1]);
        Assert.All(shortest, wait => Assert.Equal(TimeSpan.Zero, wait));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Cancelling_ends_the_wait()
    {
        using var cancelled = new CancellationTokenSource();
        var caller = new AwsCaller(new RetryPolicy(_time, DateTimeOffset.MaxValue, () => 1));
        var call = caller.ReadAsync<int>("Act", _ => throw Error("RequestLimitExceeded", 503), cancelled.Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Every_attempt_is_counted()
    {
        var caller = new AwsCaller(new RetryPolicy(_time, DateTimeOffset.MaxValue, () => 0));
        var attempts = 0;
        await caller.ReadAsync(
            "DescribeInstances", _ => ++attempts < 4 ? throw Error("InternalError", 500) : Task.FromResult(1), CancellationToken.None);

        Assert.Equal(4, caller.Calls["DescribeInstances"]);
    }

    [Fact]
    public async Task The_SDKs_own_retries_are_off()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var attempts = 0;
        using var function = new FunctionUnderTest(account, new GateTransport((action, request, _) =>
        {
            attempts += action == "GetParametersByPath" ? 1 : 0;
            return Task.FromResult(
                new HttpResponseMessage(
                    System.Net.HttpStatusCode.ServiceUnavailable)
                { Content = new StringContent(""), RequestMessage = request });
        }));

        await function.FailureAsync("{}");

        Assert.Equal(RetryPolicy.MostAttempts, attempts);
    }

    private static AmazonServiceException Error(string code, int status) =>
        new(code) { ErrorCode = code, StatusCode = (System.Net.HttpStatusCode)status };

    private Task<Answer<T>> CallAsync<T>(Func<Task<T>> call, TimeSpan? stopAfter = null) =>
        WithTimeAsync(
            new AwsCaller(new RetryPolicy(_time, Now + (stopAfter ?? TimeSpan.FromMinutes(1)), () => 0.5))
                .ReadAsync("Act", _ => call(), CancellationToken.None));

    private async Task<Answer<T>> WithTimeAsync<T>(Task<Answer<T>> answer)
    {
        while (!answer.IsCompleted && _time.Step())
        {
        }

        return await answer;
    }
}
