using Amazon.Runtime;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AutoMirror.Aws.Tests;

/// <summary>What the function makes of answers that don't come.</summary>
public sealed class NoAnswerTests
{
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

        Assert.Contains(
            "did not come within 4 s", function.Log[^1].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    /// <summary>A way to nowhere: a request only ends when it is given up.</summary>
    private sealed class Unanswering : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
            new(new Handler()) { Timeout = Timeout.InfiniteTimeSpan };

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
