using AutoMirror.Aws.Hosting;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.RuntimeApi;

public sealed class DeadlineTests
{
    private readonly HostWorld _world = new();

    [Fact]
    public async Task Work_is_cancelled_half_a_second_before_the_deadline_and_the_reason_gets_out()
    {
        var begun = new TaskCompletionSource();
        _world.Api.HandInvocation("r-1").HandInvocation("r-2");
        _world.Invoke = async (invocation, cancel) =>
        {
            if (invocation.RequestId == "r-1")
            {
                begun.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, _world.Clock, cancel);
            }

            return HostWorld.Answer("{}");
        };

        var run = _world.RunAsync();
        await begun.Task;
        _world.Clock.Advance(TimeSpan.FromSeconds(29.4));
        Assert.Empty(_world.Api.Posts);
        _world.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await run;

        Assert.Equal("Function.OutOfTime", _world.Api.Posts[0].ErrorType);
        Assert.Equal("invocation/r-2/response", _world.Api.Posts[1].Path);
    }

    [Fact]
    public async Task An_answer_that_comes_after_the_cancellation_still_counts()
    {
        var begun = new TaskCompletionSource();
        _world.Api.HandInvocation("r-1");
        _world.Invoke = async (_, cancel) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, _world.Clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return HostWorld.Answer("""{"converged":false}""");
        };

        var run = _world.RunAsync();
        await begun.Task;
        _world.Clock.Advance(TimeSpan.FromSeconds(29.5));
        await run;

        Assert.Equal("""{"converged":false}""", Assert.Single(_world.Api.Posts).Body);
    }

    [Fact]
    public async Task A_function_that_ignores_its_cancellation_is_reported_and_the_process_ends()
    {
        var begun = new TaskCompletionSource();
        _world.Api.HandInvocation("r-1").HandInvocation("r-2");
        _world.Invoke = (_, _) =>
        {
            begun.SetResult();
            return new TaskCompletionSource<InvocationOutcome>().Task;
        };

        var run = _world.RunAsync();
        await begun.Task;
        _world.Clock.Advance(TimeSpan.FromSeconds(29.75));

        Assert.Equal(1, await run);
        Assert.Equal("Function.OutOfTime", Assert.Single(_world.Api.Posts).ErrorType);
        Assert.Equal("FATAL", Assert.Single(_world.LogLines).GetProperty("level").GetString());
    }

    [Fact]
    public async Task An_invocation_that_arrives_past_its_deadline_is_cancelled_at_once()
    {
        _world.Api.Hand("{}", ("Lambda-Runtime-Aws-Request-Id", "r-1"), ("Lambda-Runtime-Deadline-Ms", "1000"));
        _world.Invoke = (_, cancel) => Task.FromCanceled<InvocationOutcome>(cancel);

        await _world.RunAsync();

        Assert.Equal("Function.OutOfTime", Assert.Single(_world.Api.Posts).ErrorType);
    }

    [Fact]
    public async Task A_cancellation_that_nobody_asked_for_is_a_bug_of_the_function()
    {
        _world.Api.HandInvocation("r-1");
        _world.Invoke = (_, _) => throw new TaskCanceledException("a client gave up");

        await _world.RunAsync();

        Assert.Equal("TaskCanceledException", Assert.Single(_world.Api.Posts).ErrorType);
    }
}
