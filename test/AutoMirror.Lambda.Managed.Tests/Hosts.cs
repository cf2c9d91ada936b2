using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using AutoMirror.Aws.Tests;

namespace AutoMirror.Lambda.Managed.Tests;

/// <summary>What a host made of one event: the answer or the failure, and what it logged.</summary>
/// <param name="Answer">The answer's bytes, as text; null when the invocation failed.</param>
/// <param name="ErrorType">The failure's type, with its namespace.</param>
/// <param name="Message">The failure in words.</param>
/// <param name="Log">The log without what differs from run to run: times, and the ids that Lambda gives.</param>
internal sealed record HostedRun(string? Answer, string? ErrorType, string? Message, string Log);

/// <summary>Runs an event through one host or the other, each as Lambda would.</summary>
internal static partial class Hosts
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // The serializer as Lambda makes it: by the assembly's attribute.
    private static readonly SourceGeneratorLambdaJsonSerializer<EventJson> Serializer = new();

    /// <summary>The bootstrap, in a process of its own, with the emulator as its Runtime API.</summary>
    public static async Task<HostedRun> BootstrapAsync(EmulatedAccount account, string payload)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "host", "bootstrap.dll")]) { RedirectStandardOutput = true };
        foreach (var (name, value) in account.Environment)
            start.Environment[name] = value;
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = account.Server.RuntimeApi;

        using var process = Process.Start(start) ?? throw new InvalidOperationException("The bootstrap did not start.");
        var log = process.StandardOutput.ReadToEndAsync();
        var result = await account.Cloud.Function.InvokeAsync(payload).WaitAsync(Patience);
        process.Kill();
        if (!result.IsError)
            return new HostedRun(result.Payload, null, null, WithoutChance(await log));
        using var error = JsonDocument.Parse(result.Payload);
        return new HostedRun(
            null, error.RootElement.GetProperty("errorType").GetString(), error.RootElement.GetProperty("errorMessage").GetString(),
            WithoutChance(await log));
    }

    /// <summary>The managed host, in this process: what Lambda does around it is the serializer.</summary>
    public static Task<HostedRun> ManagedAsync(EmulatedAccount account, string payload) =>
        ManagedAsync(account, function => function.HandleAsync(Read<RawJson>(payload), new Context()));

    /// <summary>The managed host, given the event as the package types it.</summary>
    public static Task<HostedRun> ManagedTypedAsync(EmulatedAccount account, string payload) =>
        ManagedAsync(account, function => function.HandleEventAsync(Read<CloudWatchEvent<JsonElement>>(payload), new Context()));

    private static async Task<HostedRun> ManagedAsync(EmulatedAccount account, Func<Function, Task<RawJson>> handle)
    {
        foreach (var (name, value) in account.Environment)
            Environment.SetEnvironmentVariable(name, value);
        using var log = new MemoryStream();
        using var function = new Function(log);
        try
        {
            using var answer = new MemoryStream();
            Serializer.Serialize(await handle(function), answer);
            return new HostedRun(
                Encoding.UTF8.GetString(answer.ToArray()), null, null, WithoutChance(Encoding.UTF8.GetString(log.ToArray())));
        }
        catch (Failure failure)
        {
            return new HostedRun(null, failure.GetType().FullName, failure.Message, WithoutChance(Encoding.UTF8.GetString(log.ToArray())));
        }
    }

    private static T Read<T>(string payload)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(payload));
        return Serializer.Deserialize<T>(stream);
    }

    private static string WithoutChance(string log) => Chance().Replace(log, "\"$1\":…");

    [GeneratedRegex("""
        "(timestamp|requestId|traceId|durationMilliseconds|Timestamp|SecondsToSession)":("[^"]*"|\[[^\]]*\]|[0-9.]+)
        """)]
    private static partial Regex Chance();
}
