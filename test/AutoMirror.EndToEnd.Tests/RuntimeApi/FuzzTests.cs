using System.Net;
using System.Text;
using System.Text.Json;
using AutoMirror.Aws.Hosting;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.RuntimeApi;

/// <summary>A Runtime API that says anything at all: the process answers each request under its own id, or ends and says why.</summary>
public sealed class FuzzTests
{
    private const string IdHeader = "Lambda-Runtime-Aws-Request-Id";

    private static readonly string[] Ids =
        [
            "8476a536-e9f4-11e8-9739-2dfe598c3fcd", "a/../b", "..", ".", "%2e%2e", "%2F", "?x=1", "#", "a b", " ", "", "\\", "é", "😀",
            "\ud800", "a;b", "http://elsewhere/", "//elsewhere", "../../init/error", new('x', 70_000), "r-1, r-2",
        ];

    private static readonly string[] Deadlines =
        [
            "1772600797000", "0", "-1", "", " ", "soon", "1e12", "99999999999999999999", "253402300799999", "253402300800000", "0x10",
            "١٢٣", "1772600797000, 1", "1772600797000.5",
        ];

    private static readonly string[] Traces = [
        "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1", "", "Root=", "\u0001", "a=b;;;=", new('t', 20_000),
        "😀"];

    private static readonly string[] Types =
        [
            "application/json", "text/html", "text/plain; charset=nonsense", "application/json; charset=\"utf-99\"", ";;;", "",
            "text/plain;charset=utf-7", "text/plain; charset=utf-16", "multipart/form-data",
        ];

    private static readonly int[] Statuses = [
        200, 200, 200, 201, 202, 202, 202, 204, 301, 302, 304, 400, 403, 404, 408, 413, 413, 429, 500, 502, 503, 599, 999];

    [Fact]
    public void Each_request_is_answered_under_its_own_id_or_the_process_ends_with_a_reason() => Seeds.Each(700_000, 3000, (_, random) =>
    {
        var world = new HostWorld();
        List<string> handed = [];
        for (var left = random.Next(1, 6); left > 0; left--)
            Hand(world.Api, random, handed);
        for (var left = random.Next(0, 6); left > 0; left--)
            Take(world.Api, random);
        world.Invoke = (_, _) => Outcome(random);

        var exit = world.RunAsync();

        Assert.True(exit.IsCompleted, "the process hangs");
        Assert.InRange(exit.GetAwaiter().GetResult(), 0, 1);
        Assert.NotEmpty(world.LogLines);
        Assert.Equal("FATAL", world.LogLines[^1].GetProperty("level").GetString());
        Assert.NotEmpty(world.LogLines[^1].GetProperty("message").GetString()!);
        Assert.All(world.LogLines, line => Assert.True(line.GetRawText().Length < 1_000_000));
        CheckPosts(world, handed);
    });

    [Fact]
    public void Whatever_refuses_the_report_of_a_failed_start_the_process_ends_with_a_reason() => Seeds.Each(800_000, 300, (_, random) =>
    {
        var world = new HostWorld { Initialize = _ => throw new InvalidOperationException(Text(random)) };
        Take(world.Api, random);

        var exit = world.RunAsync();

        Assert.True(exit.IsCompleted, "the process hangs");
        Assert.Equal(1, exit.GetAwaiter().GetResult());
        Assert.Equal("init/error", Assert.Single(world.Api.Posts).Path);
        Assert.Equal("InvalidOperationException", world.LogLines[0].GetProperty("errorType").GetString());
    });

    private static void Hand(FakeRuntimeApi api, Random random, List<string> handed)
    {
        var payload = Payload(random);
        var status = random.Next(4) == 0 ? random.Of(Statuses) : 200;
        List<(string Name, string Value)> headers = [];
        if (random.Next(8) != 0)
            headers.Add((IdHeader, random.Next(2) == 0 ? $"r-{random.Next(1000)}" : random.Of(Ids)));
        if (random.Next(10) == 0)
            headers.Add((random.Of(IdHeader, IdHeader.ToUpperInvariant()), $"second-{random.Next(1000)}"));
        for (var left = random.Next(3); left > 0; left--)
            headers.Add(("Lambda-Runtime-Deadline-Ms", random.Of(Deadlines)));
        for (var left = random.Next(3); left > 0; left--)
            headers.Add(("Lambda-Runtime-Trace-Id", random.Of(Traces)));
        if (random.Next(5) == 0)
        {
            headers.Add(
                ($"Lambda-Runtime-{random.Of("X", "Client-Context", "Cognito-Identity", "Invoked-Function-Arn")}", random.Of(Traces)));
        }

        // Of two ids, either may be another's: such a request is handed to nobody.
        if (headers.Where(header => header.Name.Equals(IdHeader, StringComparison.OrdinalIgnoreCase)).ToList() is [var only])
            handed.Add(only.Value);
        if (random.Next(12) == 0)
        {
            api.BreakNext(
                random.Of<Exception>(
                    new HttpRequestException("reset"), new HttpIOException(HttpRequestError.ResponseEnded), new IOException("broken"),
                    new TaskCanceledException("given up")));
        }
        else
        {
            api.HandRaw(() => Response(status, payload, random.Of(Types), headers));
        }
    }

    private static void Take(FakeRuntimeApi api, Random random)
    {
        var (status, body, type) = (random.Of(Statuses), Payload(random), random.Of(Types));
        if (random.Next(8) == 0)
        {
            api.BreakPost(
                random.Of<Exception>(
                    new HttpRequestException("reset"), new HttpIOException(HttpRequestError.ResponseEnded), new IOException("broken"),
                    new TaskCanceledException("given up")));
        }
        else
        {
            api.TakePostRaw(() => Response(status, body, type, []));
        }
    }

    private static HttpResponseMessage Response(int status, byte[] body, string type, IReadOnlyList<(string Name, string Value)> headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(body) };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    private static void CheckPosts(HostWorld world, List<string> handed)
    {
        // An id stands for itself once its characters are read back from the path.
        Assert.All(world.Api.Posts, post =>
        {
            var parts = post.Path.Split('/');
            Assert.True(parts is ["invocation", _, "response" or "error"], post.Path);
            var id = Uri.UnescapeDataString(parts[1]);
            Assert.True(handed.Any(each => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(each.Trim())) == id), $"nobody asked as '{id}'");
            Assert.True(
                parts[2] == "response" || JsonDocument.Parse(post.Body).RootElement.GetProperty("errorMessage").GetString() is not null);
        });
        Assert.All(world.Seen, invocation => Assert.Contains(invocation.RequestId, handed.Select(each => each.Trim())));
    }

    private static Task<InvocationOutcome> Outcome(Random random) => random.Next(6) switch
    {
        0 => Task.FromResult<InvocationOutcome>(new InvocationOutcome.Failed(Text(random), Text(random), [Text(random), Text(random)])),
        1 => throw new InvalidOperationException(Text(random)),
        2 => Task.FromException<InvocationOutcome>(new OperationCanceledException(Text(random))),
        3 => Task.FromResult<InvocationOutcome>(new InvocationOutcome.Answered(new byte[random.Of(0, 1, 7_000_000)])),
        _ => Task.FromResult(HostWorld.Answer("{}")),
    };

    private static byte[] Payload(Random random)
    {
        var bytes = new byte[random.Of(0, 1, 10, 1000, 100_000)];
        random.NextBytes(bytes);
        return random.Next(2) == 0
            ? bytes
            : Encoding.UTF8.GetBytes(random.Of("", "{}", "null", "{", "\ufeff{}", new string('[', 5000), "<html>"));
    }

    private static string Text(Random random)
    {
        var text = string.Concat(
            Enumerable.Range(0, random.Next(6))
                .Select(
                    _ =>
                        random.Of(
                            "\n", "\r\n", "\0", "\u001b[1m", "\ud800", "😀", "\"", "é", "A.B", " ", "\u2028", new string('m', 30_000),
                            $"{(char)random.Next(0x10000)}")));
        return text;
    }
}
