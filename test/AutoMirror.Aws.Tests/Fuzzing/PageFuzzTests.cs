using AutoMirror.Aws.Hosting;
using Xunit;

namespace AutoMirror.Aws.Tests.Fuzzing;

/// <summary>Answers without an end, and answers of many megabytes.</summary>
public sealed class PageFuzzTests
{
    [Theory]
    [InlineData("DescribeTrafficMirrorTargets", true, 1000)]
    [InlineData("DescribeTrafficMirrorTargets", false, 2)]
    [InlineData("DescribeTrafficMirrorSessions", false, 2)]
    [InlineData("GetParametersByPath", true, 1000)]
    [InlineData("GetParametersByPath", false, 2)]
    public void Pages_without_an_end_are_refused(string action, bool isAlwaysNew, int calls)
    {
        var world = WireWorld.New();
        WireReply? first = null;
        var page = 0;
        world.Tap.Exchange = (call, reply) =>
        {
            if (call.Action != action)
                return reply;
            first ??= reply;
            var token = isAlwaysNew ? $"page-{page++}" : "page";
            return action == "GetParametersByPath"
                ? first.With($$"""{"NextToken":"{{token}}",{{first.Text[1..]}}""")
                : first.With(first.Text.Replace("</requestId>", $"</requestId><nextToken>{token}</nextToken>", StringComparison.Ordinal));
        };

        var run = world.Run("{}");

        Assert.IsType<InvocationOutcome.Failed>(run.Outcome);
        Assert.Empty(run.Changes);
        Assert.Equal(calls, run.Calls.Count(call => call.Action == action));
    }

    [Theory]
    [InlineData("DescribeInstances")]
    [InlineData("DescribeTrafficMirrorSessions")]
    [InlineData("GetParametersByPath")]
    public void Many_megabytes_are_read_in_memory_that_does_not_grow_beyond_them(string action)
    {
        const int Length = 8_000_000;
        var world = WireWorld.New();
        world.Tap.Exchange = (call, reply) => call.Action != action ? reply : action == "GetParametersByPath"
            ? reply.With($$"""{"Unheard":"{{new string('x', Length)}}",{{reply.Text[1..]}}""")
            : reply.With(
                reply.Text.Replace("</requestId>", $"</requestId><unheard>{new string('x', Length)}</unheard>", StringComparison.Ordinal));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var run = world.Run("{}");

        Assert.IsType<InvocationOutcome.Answered>(run.Outcome);
        Assert.Empty(run.Changes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 30L * Length);
    }

    [Fact]
    public void An_answer_that_is_huge_where_its_words_are_told_is_told_shortly()
    {
        var world = WireWorld.New();
        var words = new string('y', 2_000_000);
        var error = $"<Error><Code>{words}</Code><Message>{words}</Message></Error>";
        var body = $"<Response><Errors>{error}</Errors><RequestID>r</RequestID></Response>";
        world.Tap.Exchange = (call, reply) => call.Action == "DescribeInstances" ? reply.With(body) with { Status = 400 } : reply;

        var run = world.Run("{}");

        Assert.True(Assert.IsType<InvocationOutcome.Failed>(run.Outcome).Message.Length < 50_000);
        Assert.All(run.Log, line => Assert.True(line.GetRawText().Length < 60_000));
    }
}
