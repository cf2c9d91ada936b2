using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using AutoMirror.Aws.Hosting;

namespace AutoMirror.Aws.Tests;

/// <summary>The function, in this process, with the real SDK over HTTP against an emulated account.</summary>
internal sealed class FunctionUnderTest : IDisposable
{
    private readonly MemoryStream _log = new();
    private readonly MirrorFunction _function;
    private readonly TimeProvider _time;

    /// <param name="account">The account to look after.</param>
    /// <param name="transport">Stands between the SDK and the emulator.</param>
    /// <param name="variables">What the environment says besides.</param>
    /// <param name="time">The clock; the system's when none is given.</param>
    public FunctionUnderTest(
        EmulatedAccount account, HttpClientFactory? transport =
            null, IReadOnlyDictionary<string, string?>? variables = null, TimeProvider? time = null)
    {
        var errors = new List<string>();
        string? Variable(string name) => variables?.GetValueOrDefault(name) ?? account.Environment.GetValueOrDefault(name);
        var settings = Settings.Read(Variable, errors);
        var credentials = Clients.Credentials(Variable, errors);
        _time = time ?? TimeProvider.System;
        _function = new MirrorFunction(
            settings, errors, With(Clients.Ec2(settings, credentials), transport), With(
                Clients.Ssm(settings, credentials), transport), settings.Queue is null
                ? null
                : With(Clients.Sqs(settings, credentials), transport), _log, _time, () => 0.1);
    }

    /// <summary>The log lines, each parsed.</summary>
    public IReadOnlyList<JsonElement> Log =>
        [
            .. Encoding.UTF8.GetString(_log.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement),
        ];

    public Task InitializeAsync() => _function.InitializeAsync(CancellationToken.None);

    public Task<InvocationOutcome> InvokeAsync(
        string payload, TimeSpan? timeout = null, string? functionArn = null, CancellationToken cancellationToken = default)
    {
        var deadline = _time.GetUtcNow() + (timeout ?? TimeSpan.FromSeconds(60));
        return _function.InvokeAsync(
            Encoding.UTF8.GetBytes(payload), new Invocation(Guid.NewGuid().ToString(), deadline, FunctionArn: functionArn),
            cancellationToken);
    }

    /// <summary>The report of an event that must be answered.</summary>
    public async Task<JsonElement> ReportAsync(string payload, TimeSpan? timeout = null) => await InvokeAsync(payload, timeout) switch
    {
        InvocationOutcome.Answered { Json: var json } => JsonDocument.Parse(json).RootElement,
        var other => throw new InvalidOperationException($"{other}"),
    };

    /// <summary>The failure of an event that must fail.</summary>
    public async Task<InvocationOutcome.Failed> FailureAsync(string payload, TimeSpan? timeout = null) =>
        await InvokeAsync(payload, timeout) as InvocationOutcome.Failed
            ?? throw new InvalidOperationException("The invocation did not fail.");

    /// <summary>A state-change event as EventBridge sends it.</summary>
    public static string StateChange(string instanceId, string state) => $$"""
        {"version":"0","id":"7bf73129-1428-4cd3-a780-95db273d1602","detail-type":"EC2 Instance State-change Notification","source":"aws.ec2","account":"123456789012",
         "time":"2026-03-04T05:06:07Z","region":"us-east-1","resources":["arn:aws:ec2:us-east-1:123456789012:instance/{{instanceId}}"],
         "detail":{"instance-id":"{{instanceId}}","state":"{{state}}"} }
        """;

    public void Dispose() => _function.Dispose();

    private static T With<T>(T client, HttpClientFactory? transport)
        where T : AmazonServiceClient
    {
        if (transport is not null)
            ((ClientConfig)client.Config).HttpClientFactory = transport;
        return client;
    }
}
