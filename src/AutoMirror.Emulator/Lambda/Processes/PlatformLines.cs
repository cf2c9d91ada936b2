using System.Globalization;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Lambda.Processes;

/// <summary>
/// Lambda's own lines in a function's log, as text or as JSON ("Understanding the log outputs", "Lambda telemetry API Event schema
/// reference"). With JSON, the system's log level decides which there are: at WARN only those of failures.
/// </summary>
internal sealed class PlatformLines(LambdaFunction function, Action<string> write)
{
    private bool IsJson => function.Configuration.LogFormat == "JSON";

    public void Initialize(DateTimeOffset now)
    {
        if (!IsJson)
        {
            write($"INIT_START Runtime Version: {function.Configuration.Runtime}\tRuntime Version ARN: none");
        }
        else if (IsInformation)
        {
            Write(now, "platform.initStart", new()
            {
                ["initializationType"] = "on-demand", ["phase"] = "init", ["runtimeVersion"] = function.Configuration.Runtime,
                ["functionName"] = function.Name, ["functionVersion"] = "$LATEST",
            });
        }
    }

    public void Start(DateTimeOffset now, string requestId)
    {
        if (!IsJson)
            write($"START RequestId: {requestId} Version: $LATEST");
        else if (IsInformation)
            Write(now, "platform.start", new() { ["requestId"] = requestId, ["version"] = "$LATEST" });
    }

    public void End(DateTimeOffset now, InvocationReport report)
    {
        if (IsJson)
        {
            if (IsInformation || report.Status != "success")
                Write(now, "platform.report", Record(report));
            return;
        }

        if (report.Status == "timeout")
            write($"{Notation.LambdaTime(now)} {report.RequestId} Task timed out after {Seconds(function.Configuration.Timeout)} seconds");
        write($"END RequestId: {report.RequestId}");
        write(Text(report));
    }

    private bool IsInformation => function.Configuration.SystemLogLevel is not "WARN";

    private string Text(InvocationReport report)
    {
        var text = $"REPORT RequestId: {report.RequestId}\tDuration: {Milliseconds(report.Duration)} ms\tBilled Duration: "
            + $"{report.Billed} ms\tMemory Size: {function.Configuration.MemorySize} MB\tMax Memory Used: {report.MegabytesUsed} MB\t";
        if (report.InitDuration is { } init)
            text += $"Init Duration: {Milliseconds(init)} ms\t";
        if (report.Status != "success")
            text += $"Status: {report.Status}\t";
        return report.ErrorType is null ? text : $"{text}Error Type: {report.ErrorType}";
    }

    private JsonObject Record(InvocationReport report)
    {
        var metrics = new JsonObject
        {
            ["durationMs"] = Math.Round(report.Duration.TotalMilliseconds, 3), ["billedDurationMs"] = report.Billed,
            ["memorySizeMB"] = function.Configuration.MemorySize, ["maxMemoryUsedMB"] = report.MegabytesUsed,
        }.WithAny("initDurationMs", report.InitDuration is { } init ? Math.Round(init.TotalMilliseconds, 3) : null);
        return new JsonObject { ["requestId"] = report.RequestId, ["metrics"] = metrics, ["status"] = report.Status }
            .WithAny("errorType", report.ErrorType);
    }

    private void Write(DateTimeOffset now, string type, JsonObject record) => write(
        new JsonObject { ["time"] = Notation.LambdaTime(now), ["type"] = type, ["record"] = record }.ToJsonString(JsonForm.Options));

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Seconds(int seconds) => seconds.ToString("0.00", CultureInfo.InvariantCulture);
}
