using AutoMirror.Aws.Hosting;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.RuntimeApi;

public sealed class InvocationTests
{
    private readonly HostWorld _world = new();

    [Fact]
    public async Task An_invocation_reaches_the_function_with_its_payload_and_all_that_Lambda_says_of_it()
    {
        _world.Api.HandInvocation("r-1", """{"detail-type":"x"}""");

        await _world.RunAsync();

        Assert.Equal(new Invocation("r-1", HostWorld.Deadline, "Root=1-r-1", FakeRuntimeApi.FunctionArn), Assert.Single(_world.Seen));
        Assert.Equal("""{"detail-type":"x"}""", Assert.Single(_world.Payloads));
    }

    [Fact]
    public async Task An_answer_is_posted_as_json_under_the_invocations_own_id()
    {
        _world.Api.HandInvocation("r-1");
        _world.Invoke = (_, _) => Task.FromResult(HostWorld.Answer("""{"converged":true}"""));

        await _world.RunAsync();

        Assert.Equal(
            new FakeRuntimeApi.Told("invocation/r-1/response", """{"converged":true}""", "application/json", null),
            Assert.Single(_world.Api.Posts));
    }

    [Fact]
    public async Task A_failure_is_posted_as_an_error_with_its_type_and_message()
    {
        _world.Api.HandInvocation("r-1");
        _world.Invoke = (_, _) => Task.FromResult<InvocationOutcome>(
            new InvocationOutcome.Failed("AutoMirror.Misconfigured", "/automirror/filter: \"tmf\" is no filter", ["at A", "at B"]));

        await _world.RunAsync();

        var told = Assert.Single(_world.Api.Posts);
        Assert.Equal("invocation/r-1/error", told.Path);
        Assert.Equal("application/vnd.aws.lambda.error+json", told.ContentType);
        Assert.Equal("AutoMirror.Misconfigured", told.ErrorType);
        Assert.Equal("/automirror/filter: \"tmf\" is no filter", told.ErrorMessage);
        Assert.Equal(["at A", "at B"], told.StackTrace);
    }

    [Fact]
    public async Task After_a_failure_the_same_process_takes_the_next_invocation()
    {
        _world.Api.HandInvocation("r-1").HandInvocation("r-2");
        _world.Invoke = (invocation, _) => invocation.RequestId == "r-1"
            ? throw new InvalidOperationException("a bug")
            : Task.FromResult(HostWorld.Answer("{}"));

        await _world.RunAsync();

        Assert.Equal(["invocation/r-1/error", "invocation/r-2/response"], _world.Api.Posts.Select(post => post.Path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_thrown_exception_is_told_and_logged_with_its_causes_and_frames(bool beforeTheFirstAwait)
    {
        _world.Api.HandInvocation("r-1");
        _world.Invoke = beforeTheFirstAwait ? (_, _) => throw Bug() : (_, _) => ThrowAsync();

        await _world.RunAsync();

        var told = Assert.Single(_world.Api.Posts);
        Assert.Equal("InvalidOperationException", told.ErrorType);
        Assert.Equal("outer <- ArgumentException: inner", told.ErrorMessage);
        Assert.NotEmpty(told.StackTrace);
        var line = _world.LogLines[0];
        Assert.Equal("ERROR", line.GetProperty("level").GetString());
        Assert.Equal("r-1", line.GetProperty("requestId").GetString());
        Assert.Equal("InvalidOperationException", line.GetProperty("errorType").GetString());
        Assert.NotEqual(0, line.GetProperty("stackTrace").GetArrayLength());

        static InvalidOperationException Bug() => new("outer", new ArgumentException("inner"));

        static async Task<InvocationOutcome> ThrowAsync()
        {
            await Task.Yield();
            throw Bug();
        }
    }

    [Fact]
    public async Task Each_invocation_runs_under_its_own_trace_and_never_under_the_one_before()
    {
        List<string?> traces = [];
        _world.Api.HandInvocation("r-1").Hand("{}", ("Lambda-Runtime-Aws-Request-Id", "r-2"));
        _world.Invoke = (_, _) =>
        {
            traces.Add(_world.Trace);
            return Task.FromResult(HostWorld.Answer("{}"));
        };

        await _world.RunAsync();

        Assert.Equal(["Root=1-r-1", null], traces);
    }

    [Fact]
    public async Task A_request_id_can_not_leave_its_place_in_the_path()
    {
        _world.Api.HandInvocation("a/../b?c");

        await _world.RunAsync();

        Assert.Equal("invocation/a%2F..%2Fb%3Fc/response", Assert.Single(_world.Api.Posts).Path);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1.5e12")]
    [InlineData("99999999999999999999999")]
    [InlineData("9223372036854775807")]
    public async Task A_deadline_that_can_not_be_read_is_taken_for_the_longest_that_Lambda_allows(string deadline)
    {
        _world.Api.Hand("{}", ("Lambda-Runtime-Aws-Request-Id", "r-1"), ("Lambda-Runtime-Deadline-Ms", deadline));

        await _world.RunAsync();

        Assert.Equal(HostWorld.Now.AddMinutes(15), Assert.Single(_world.Seen).Deadline);
        Assert.Equal("invocation/r-1/response", Assert.Single(_world.Api.Posts).Path);
    }
}
