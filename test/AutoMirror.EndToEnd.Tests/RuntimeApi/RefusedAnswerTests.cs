using System.Net;
using AutoMirror.Aws.Hosting;
using AutoMirror.Lambda;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.RuntimeApi;

public sealed class RefusedAnswerTests
{
    private readonly HostWorld _world = new();

    [Fact]
    public async Task An_answer_that_Lambda_finds_too_large_becomes_an_error_that_says_so()
    {
        _world.Api.HandInvocation("r-1").TakePostWith(HttpStatusCode.RequestEntityTooLarge, "too large").HandInvocation("r-2");

        await _world.RunAsync();

        Assert.Equal(
            ["invocation/r-1/response", "invocation/r-1/error", "invocation/r-2/response"], _world.Api.Posts.Select(post => post.Path));
        Assert.Equal("Function.ResponseSizeTooLarge", _world.Api.Posts[1].ErrorType);
        Assert.Contains("HTTP 413 too large", _world.Api.Posts[1].ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RuntimeApiClient.LargestAnswer, "invocation/r-1/response")]
    [InlineData(RuntimeApiClient.LargestAnswer + 1, "invocation/r-1/error")]
    public async Task An_answer_over_the_limit_is_not_even_sent(int bytes, string path)
    {
        _world.Api.HandInvocation("r-1");
        _world.Invoke = (_, _) => Task.FromResult<InvocationOutcome>(new InvocationOutcome.Answered(new byte[bytes]));

        await _world.RunAsync();

        Assert.Equal(path, Assert.Single(_world.Api.Posts).Path);
    }

    [Fact]
    public async Task An_answer_that_nobody_waits_for_any_more_is_logged_and_the_process_goes_on()
    {
        _world.Api.HandInvocation("r-1").HandInvocation("r-2").TakePostWith(HttpStatusCode.BadRequest, "InvalidRequestID");

        await _world.RunAsync();

        Assert.Equal(["invocation/r-1/response", "invocation/r-2/response"], _world.Api.Posts.Select(post => post.Path));
        var line = _world.LogLines[0];
        Assert.Equal("WARN", line.GetProperty("level").GetString());
        Assert.Equal("r-1", line.GetProperty("requestId").GetString());
        Assert.Contains("InvalidRequestID", line.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_that_is_itself_too_large_is_logged_and_the_process_goes_on()
    {
        _world.Api.HandInvocation("r-1").TakePostWith(HttpStatusCode.RequestEntityTooLarge).HandInvocation("r-2");
        _world.Invoke = (_, _) => Task.FromResult<InvocationOutcome>(new InvocationOutcome.Failed("A.B", "m", []));

        await _world.RunAsync();

        Assert.Equal(2, _world.Api.Posts.Count);
        Assert.Equal("ERROR", _world.LogLines[0].GetProperty("level").GetString());
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task An_answer_refused_for_the_state_of_the_process_ends_it(HttpStatusCode status)
    {
        _world.Api.HandInvocation("r-1").TakePostWith(status, "State is bad").HandInvocation("r-2");

        Assert.Equal(1, await _world.RunAsync());

        Assert.Single(_world.Api.Posts);
        var line = Assert.Single(_world.LogLines);
        Assert.Equal("FATAL", line.GetProperty("level").GetString());
        Assert.Contains($"HTTP {(int)status} State is bad", line.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_breaks_under_the_answer_ends_the_process()
    {
        _world.Api.HandInvocation("r-1").BreakPost(new HttpRequestException("Connection reset")).HandInvocation("r-2");

        Assert.Equal(1, await _world.RunAsync());

        Assert.Contains("Connection reset", _world.Log, StringComparison.Ordinal);
    }
}
