using System.Net;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.RuntimeApi;

public sealed class NoMoreWorkTests
{
    private readonly HostWorld _world = new();

    [Theory]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.NotFound)]
    public async Task A_refused_next_ends_the_process_with_a_message(HttpStatusCode status)
    {
        _world.Api.RefuseNext(status, new string('x', 5_000));

        Assert.Equal(1, await _world.RunAsync());

        var message = Assert.Single(_world.LogLines).GetProperty("message").GetString()!;
        Assert.Contains($"HTTP {(int)status} xxx", message, StringComparison.Ordinal);
        Assert.True(message.Length < 500);
        Assert.Empty(_world.Api.Posts);
    }

    [Theory]
    [InlineData(typeof(HttpRequestException))]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task A_runtime_api_out_of_reach_ends_the_process_at_once(Type exception)
    {
        _world.Api.BreakNext((Exception)Activator.CreateInstance(exception, "Connection refused")!).HandInvocation("r-1");

        Assert.Equal(1, await _world.RunAsync());

        Assert.Empty(_world.Seen);
        Assert.Contains("127.0.0.1:9001 can't be reached: Connection refused", _world.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invocation_without_a_request_id_ends_the_process_since_nothing_can_answer_it()
    {
        _world.Api.Hand("{}", ("Lambda-Runtime-Deadline-Ms", "1772600797000")).HandInvocation("r-2");

        Assert.Equal(1, await _world.RunAsync());

        Assert.Empty(_world.Seen);
        Assert.Contains("Lambda-Runtime-Aws-Request-Id", _world.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("r-1 r-2")]
    [InlineData("é")]
    public async Task An_invocation_whose_request_id_no_path_can_carry_ends_the_process(string requestId)
    {
        _world.Api.Hand("{}", ("Lambda-Runtime-Aws-Request-Id", requestId)).HandInvocation("r-2");

        Assert.Equal(1, await _world.RunAsync());

        Assert.Empty(_world.Seen);
        Assert.Empty(_world.Api.Posts);
    }

    [Fact]
    public async Task An_invocation_with_two_request_ids_ends_the_process_since_either_may_be_anothers()
    {
        _world.Api.Hand("{}", ("Lambda-Runtime-Aws-Request-Id", "r-1"), ("Lambda-Runtime-Aws-Request-Id", "r-2"));

        Assert.Equal(1, await _world.RunAsync());

        Assert.Empty(_world.Seen);
    }

    [Fact]
    public async Task A_refusal_in_an_unheard_of_character_set_is_told_all_the_same()
    {
        _world.Api.HandRaw(() =>
        {
            var response = new HttpResponseMessage(
                HttpStatusCode.InternalServerError)
            { Content = new ByteArrayContent("down"u8.ToArray()) };
            response.Content.Headers.TryAddWithoutValidation("Content-Type", "text/plain; charset=nonsense");
            return response;
        });

        Assert.Equal(1, await _world.RunAsync());

        Assert.Contains("HTTP 500 down", _world.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_while_waiting_for_work_ends_the_process_cleanly()
    {
        using var stop = new CancellationTokenSource();
        _world.Api.NeverAnswerNext();

        var run = _world.RunAsync(stop: stop.Token);
        await stop.CancelAsync();

        Assert.Equal(0, await run);
        Assert.Empty(_world.LogLines);
    }

    [Fact]
    public async Task A_stop_during_an_invocation_cancels_it_tells_Lambda_and_ends_the_process_cleanly()
    {
        using var stop = new CancellationTokenSource();
        _world.Api.HandInvocation("r-1").HandInvocation("r-2");
        _world.Invoke = async (_, cancel) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, _world.Clock, cancel);
            return HostWorld.Answer("{}");
        };

        Assert.Equal(0, await _world.RunAsync(stop: stop.Token));

        Assert.Equal("Function.Stopped", Assert.Single(_world.Api.Posts).ErrorType);
    }

    [Fact]
    public async Task Work_that_is_done_when_the_stop_comes_is_still_answered()
    {
        using var stop = new CancellationTokenSource();
        _world.Api.HandInvocation("r-1").HandInvocation("r-2");
        _world.Invoke = async (_, _) =>
        {
            await stop.CancelAsync();
            return HostWorld.Answer("{}");
        };

        Assert.Equal(0, await _world.RunAsync(stop: stop.Token));

        Assert.Equal("invocation/r-1/response", Assert.Single(_world.Api.Posts).Path);
    }
}
