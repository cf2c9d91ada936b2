using System.Diagnostics;
using System.Text.Json;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Lambda.Core;
using AutoMirror.Aws.Hosting;

namespace AutoMirror.Lambda.Managed;

/// <summary>
/// The host for Lambda's own .NET, <c>dotnet10</c>: hands each event to the function that the ahead-of-time compiled host runs too, and
/// decides nothing. The handler is <c>AutoMirror.Lambda.Managed::AutoMirror.Lambda.Managed.Function::HandleAsync</c>.
/// </summary>
public sealed class Function : IDisposable
{
    // As in the ahead-of-time compiled host: at the deadline Lambda ends the process and records only that.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(500);

    private readonly MirrorFunction _function;

    /// <summary>Called by Lambda, once a process, in the initialisation phase.</summary>
    public Function()
        : this(Console.OpenStandardOutput())
    {
    }

    /// <param name="log">Where log lines go: in Lambda stdout itself, not the console that the runtime puts its own format on.</param>
    internal Function(Stream log)
    {
        _function = MirrorFunction.FromEnvironment(log);
        WarmUp();
    }

    /// <summary>Handles one event of any kind that AutoMirror knows, or a batch of them from SQS.</summary>
    /// <exception cref="Failure">The invocation failed; the exception's type and message are what Lambda reports.</exception>
    public async Task<RawJson> HandleAsync(RawJson payload, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(payload);
        ArgumentNullException.ThrowIfNull(context);
        var left = context.RemainingTime;
        using var end = new CancellationTokenSource(left > 2 * Margin ? left - Margin : left > TimeSpan.Zero ? left / 2 : TimeSpan.Zero);
        var invocation = new Invocation(context.AwsRequestId, DateTimeOffset.UtcNow + left, TraceOf(context), context.InvokedFunctionArn);
        return await _function.InvokeAsync(payload.Utf8, invocation, end.Token) switch
        {
            InvocationOutcome.Answered answered => new RawJson(answered.Json),
            InvocationOutcome.Failed failed => throw Failure.Of(failed),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>The same for who already has the event as the package types it: a
    /// function of one's own that does more with it, or a test.</summary>
    /// <exception cref="Failure">The invocation failed.</exception>
    public Task<RawJson> HandleEventAsync(CloudWatchEvent<JsonElement> received, ILambdaContext context) =>
        HandleAsync(RawJson.Of(received), context);

    /// <inheritdoc/>
    public void Dispose() => _function.Dispose();

    // A constructor can't await; on the pool, since a caller's synchronisation context would wait for itself. Whatever goes wrong, the
    // first event retries, and then reports it as its own failure: Lambda would only repeat a failed initialisation inside that invocation.
    private void WarmUp()
    {
        try
        {
            Task.Run(() => _function.InitializeAsync(CancellationToken.None)).GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            LambdaLogger.Log(LogLevel.Warning, exception, "The warm-up failed; the first event tries again.");
        }
    }

    private static string? TraceOf(ILambdaContext context) =>
        context.TraceId is { Length: > 0 } trace ? trace : Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID");
}
