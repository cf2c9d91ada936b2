using System.Collections.Immutable;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Lambda;

/// <summary>How a function runs, with Lambda's defaults.</summary>
public sealed record FunctionConfiguration
{
    /// <summary>The ARN of the execution role.</summary>
    public required string Role { get; init; }

    /// <summary>For example <c>provided.al2023</c>.</summary>
    public string? Runtime { get; init; }

    public string? Handler { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Seconds that an invocation may take, 1 to 900.</summary>
    public int Timeout { get; init; } = 3;

    /// <summary>Megabytes, 128 to 10240.</summary>
    public int MemorySize { get; init; } = 128;

    public ImmutableSortedDictionary<string, string> Environment { get; init; } = Resource.NoTags;

    /// <summary><c>x86_64</c> or <c>arm64</c>.</summary>
    public string Architecture { get; init; } = "x86_64";

    /// <summary><c>Text</c> or <c>JSON</c>.</summary>
    public string LogFormat { get; init; } = "Text";

    /// <summary>The least level of the function's own lines; only with the format JSON.</summary>
    public string? ApplicationLogLevel { get; init; }

    /// <summary>The least level of Lambda's lines; only with the format JSON.</summary>
    public string? SystemLogLevel { get; init; }

    /// <summary>The log group's name; null for <c>/aws/lambda/</c> and the function's name.</summary>
    public string? LogGroup { get; init; }

    /// <summary>Where events go that failed for good, an older way than destinations; null for nowhere.</summary>
    public string? DeadLetterTargetArn { get; init; }

    /// <summary>The customer's key that encrypts the environment; null for Lambda's own.</summary>
    public string? KmsKeyArn { get; init; }

    internal string TracingMode { get; init; } = "PassThrough";

    internal IReadOnlyList<string> Layers { get; init; } = [];

    internal int EphemeralStorage { get; init; } = 512;

    internal string SnapStart { get; init; } = "None";

    internal VpcConfiguration? Vpc { get; init; }
}

/// <summary>The subnets and security groups of a function in a VPC, of which the emulator's process knows nothing.</summary>
internal sealed record VpcConfiguration(string VpcId, IReadOnlyList<string> SubnetIds, IReadOnlyList<string> SecurityGroupIds)
{
    public JsonObject Write() => new()
    {
        [nameof(SubnetIds)] = SubnetIds.ToJsonArray(), [nameof(SecurityGroupIds)] = SecurityGroupIds.ToJsonArray(),
        [nameof(VpcId)] = VpcId, ["Ipv6AllowedForDualStack"] = false,
    };
}
