using System.Text;
using System.Text.Json;
using AutoMirror.Aws.Hosting;
using AutoMirror.Lambda;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace AutoMirror.EndToEnd.Tests.RuntimeApi;

/// <summary>A process of the function, in memory: a clock that only tests move, a Runtime API, a log, the test's function.</summary>
internal sealed class HostWorld
{
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    public static readonly DateTimeOffset Deadline = Now.AddSeconds(30);
    public static readonly Uri Root = new("http://127.0.0.1:9001/2018-06-01/runtime/");

    public FakeTimeProvider Clock { get; } = new(Now);

    public FakeRuntimeApi Api { get; } = new();

    public MemoryStream Output { get; } = new();

    public List<Invocation> Seen { get; } = [];

    public List<string> Payloads { get; } = [];

    /// <summary>The trace that the process stands under just now.</summary>
    public string? Trace { get; private set; }

    public Func<CancellationToken, Task> Initialize { get; set; } = _ => Task.CompletedTask;

    public Func<Invocation, CancellationToken, Task<InvocationOutcome>> Invoke { get; set; } = (_, _) => Task.FromResult(Answer("{}"));

    public string Log => Encoding.UTF8.GetString(Output.ToArray());

    /// <summary>Each line as JSON, which is itself a test.</summary>
    public IReadOnlyList<JsonElement> LogLines =>
        [.. Log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    public RuntimeApiClient Client => new(new HttpMessageInvoker(Api), Root, Clock);

    public static InvocationOutcome Answer(string json) => new InvocationOutcome.Answered(Encoding.UTF8.GetBytes(json));

    /// <summary>Runs the process to its end. One that never ends fails its test after a while, instead of hanging the run.</summary>
    public Task<int> RunAsync(bool snapStart = false, CancellationToken stop = default) =>
        new RuntimeLoop(Client, Start, trace => Trace = trace, new JsonLineLogger(Output, Clock, LogLevel.Information), Clock)
            .RunAsync(snapStart, stop)
            .WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);

    private HostedFunction Start() => new(
        Initialize,
        (payload, invocation, cancel) =>
        {
            Seen.Add(invocation);
            Payloads.Add(Encoding.UTF8.GetString(payload.Span));
            return Invoke(invocation, cancel);
        });
}
