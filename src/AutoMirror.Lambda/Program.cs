using System.Runtime.InteropServices;
using AutoMirror.Aws.Hosting;
using AutoMirror.Lambda;
using Microsoft.Extensions.Logging;

var settings = HostSettings.Read(Environment.GetEnvironmentVariable);
if (settings.RuntimeApi is not { } runtimeApi)
{
    Console.Error.WriteLine(HostSettings.NotStartedByLambda);
    return 1;
}

using var output = Console.OpenStandardOutput();
var log = new JsonLineLogger(output, TimeProvider.System, LogLevel.Information);
if (settings.MemoryMegabytes is { } megabytes && HeapLimit.Set(megabytes) is { } problem)
    log.Warn(problem);

// Lambda sends SIGTERM when the function has an extension, and leaves 300 ms: no new work begins; what runs is cancelled and reported.
using var stop = new CancellationTokenSource();
using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Cancel();
});

// Made inside the loop, so that a failure in making it is reported to Lambda like any other.
HostedFunction Start()
{
    var function = MirrorFunction.FromEnvironment(output);
    return new HostedFunction(function.InitializeAsync, function.InvokeAsync);
}

// Where the AWS SDK looks for the trace that its calls belong to.
static void SetTrace(string? trace) => Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", trace);

var api = RuntimeApiClient.For(runtimeApi, TimeProvider.System);
return await new RuntimeLoop(api, Start, SetTrace, log, TimeProvider.System).RunAsync(settings.IsSnapStart, stop.Token);
