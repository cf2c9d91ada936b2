using System.Net;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.RuntimeApi;

public sealed class InitializationTests
{
    private readonly HostWorld _world = new();

    [Fact]
    public async Task Initialisation_is_over_before_the_first_request_for_work()
    {
        var initialized = false;
        _world.Initialize = async _ =>
        {
            await Task.Yield();
            initialized = true;
        };
        _world.Api.OnNext = () => Assert.True(initialized);

        await _world.RunAsync();

        Assert.True(initialized);
    }

    [Fact]
    public async Task A_failed_initialisation_is_reported_once_and_ends_the_process()
    {
        _world.Api.HandInvocation("r-1");
        _world.Initialize = _ => throw new InvalidOperationException("no OpenSSL");

        Assert.Equal(1, await _world.RunAsync());

        var told = Assert.Single(_world.Api.Posts);
        Assert.Equal("init/error", told.Path);
        Assert.Equal("application/vnd.aws.lambda.error+json", told.ContentType);
        Assert.Equal("InvalidOperationException", told.ErrorType);
        Assert.Equal("no OpenSSL", told.ErrorMessage);
        Assert.Equal("ERROR", Assert.Single(_world.LogLines).GetProperty("level").GetString());
        Assert.Empty(_world.Seen);
    }

    [Fact]
    public async Task A_failed_initialisation_that_can_not_be_reported_is_still_logged()
    {
        _world.Api.BreakPost(new HttpRequestException("Connection refused"));
        _world.Initialize = _ => throw new InvalidOperationException("no OpenSSL");

        Assert.Equal(1, await _world.RunAsync());

        Assert.Equal(2, _world.LogLines.Count);
        Assert.Contains("Connection refused", _world.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warm_up_that_takes_too_long_is_cut_short_and_the_function_still_works()
    {
        _world.Api.HandInvocation("r-1");
        _world.Initialize = cancel => Task.Delay(Timeout.InfiniteTimeSpan, _world.Clock, cancel);

        var run = _world.RunAsync();
        _world.Clock.Advance(TimeSpan.FromSeconds(8));
        await run;

        Assert.Equal("invocation/r-1/response", Assert.Single(_world.Api.Posts).Path);
        Assert.Equal("WARN", _world.LogLines[0].GetProperty("level").GetString());
    }

    [Fact]
    public async Task A_stop_during_initialisation_ends_the_process_cleanly()
    {
        using var stop = new CancellationTokenSource();
        _world.Initialize = cancel => Task.Delay(Timeout.InfiniteTimeSpan, _world.Clock, cancel);

        var run = _world.RunAsync(stop: stop.Token);
        await stop.CancelAsync();

        Assert.Equal(0, await run);
        Assert.Empty(_world.Api.Posts);
    }

    [Fact]
    public async Task A_bug_that_a_stop_uncovers_during_initialisation_is_still_reported()
    {
        using var stop = new CancellationTokenSource();
        _world.Initialize = async _ =>
        {
            await stop.CancelAsync();
            throw new InvalidOperationException("a bug");
        };

        Assert.Equal(1, await _world.RunAsync(stop: stop.Token));

        Assert.Equal("init/error", Assert.Single(_world.Api.Posts).Path);
    }

    [Fact]
    public async Task SnapStart_is_refused_with_what_to_do_before_anything_is_started()
    {
        _world.Api.HandInvocation("r-1").TakePostWith(HttpStatusCode.Accepted);
        _world.Initialize = _ => throw new InvalidOperationException("not reached");

        Assert.Equal(1, await _world.RunAsync(snapStart: true));

        var told = Assert.Single(_world.Api.Posts);
        Assert.Equal("init/error", told.Path);
        Assert.Equal("Runtime.SnapStartNotSupported", told.ErrorType);
        Assert.Contains("switch SnapStart off", told.ErrorMessage, StringComparison.Ordinal);
    }
}
