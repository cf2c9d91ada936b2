using System.Collections.Immutable;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.RuntimeApi;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Lambda;

/// <summary>A function that CreateFunction made. Its <see cref="Host"/> has its work; who starts its processes is the server.</summary>
public sealed class LambdaFunction
{
    private readonly Cloud _cloud;

    internal LambdaFunction(Cloud cloud, string name, FunctionConfiguration configuration, FunctionCode code)
    {
        _cloud = cloud;
        Name = name;
        Code = code;
        // A process ends with its sandbox here, whatever its connections do.
        Host = new(cloud) { Name = name, ConnectionIsSandbox = false };
        Configuration = configuration;
        Touch();
    }

    public string Name { get; }

    public string Arn => Host.Arn;

    /// <summary>The work: what is invoked, and how each attempt ended.</summary>
    public FunctionHost Host { get; }

    public FunctionConfiguration Configuration
    {
        get;
        internal set
        {
            field = value;
            Host.Timeout = TimeSpan.FromSeconds(value.Timeout);
        }
    }

    public FunctionCode Code { get; internal set; }

    public ImmutableSortedDictionary<string, string> Tags { get; internal set; } = Resource.NoTags;

    /// <summary>How many invocations may run at once; null for as many as the account lets.</summary>
    public int? ReservedConcurrency { get; internal set; }

    /// <summary>Where asynchronous events go that failed for good, by its ARN; null for nowhere. The role has to permit it.</summary>
    public string? OnFailure
    {
        get => EventInvoke?.OnFailure;
        set => EventInvoke = (EventInvoke ?? new() { LastModified = _cloud.Now }) with { OnFailure = value };
    }

    /// <summary>The name of the log group that its lines go to.</summary>
    public string LogGroup => Configuration.LogGroup ?? $"/aws/lambda/{Name}";

    /// <summary>The name of the execution role.</summary>
    public string RoleName => Configuration.Role[(Configuration.Role.LastIndexOf('/') + 1)..];

    internal DateTimeOffset LastModified { get; private set; }

    internal string RevisionId { get; private set; } = "";

    internal FunctionPolicy Policy { get; } = new();

    internal string? CodeSigningConfigArn { get; set; }

    internal string RecursiveLoop { get; set; } = "Terminate";

    internal EventInvokeConfiguration? EventInvoke
    {
        get;
        set
        {
            field = value;
            _fullRetries ??= Host.RetryDelays;
            Host.RetryDelays = [.. _fullRetries.Take(value?.MaximumRetryAttempts ?? EventInvokeConfiguration.DefaultRetries)];
            Host.MaximumEventAge = TimeSpan.FromSeconds(value?.MaximumEventAge ?? EventInvokeConfiguration.DefaultAge);
        }
    }

    private IReadOnlyList<TimeSpan>? _fullRetries;

    /// <summary>Gives the log lines of an invocation that has ended, by its id; null while nobody runs the function.</summary>
    internal Func<string, Task<string>>? TailOf { get; set; }

    /// <summary>Raised after code or configuration has changed, and when the function is deleted: its processes have to end.</summary>
    internal event Action? Replaced;

    /// <summary>Lets a service invoke the function for resources whose ARNs match a pattern.</summary>
    public void Allow(string service, string sourceArn)
    {
        using (_cloud.Enter())
        {
            var id = $"s{Policy.Text.Length}";
            Policy.Add(id, new JsonObject
            {
                ["Sid"] = id, ["Effect"] = "Allow", ["Principal"] = new JsonObject { ["Service"] = service },
                ["Action"] = "lambda:InvokeFunction", ["Resource"] = Arn,
                ["Condition"] = new JsonObject { ["ArnLike"] = new JsonObject { ["AWS:SourceArn"] = sourceArn } },
            });
        }
    }

    /// <summary>Notes a change of the code or the configuration.</summary>
    internal void Touch()
    {
        LastModified = _cloud.Now;
        RevisionId = _cloud.Seeded.Uuid();
        _cloud.Afterwards(() => Replaced?.Invoke());
    }
}
