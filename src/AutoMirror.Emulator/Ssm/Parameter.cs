using System.Collections.Immutable;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ssm;

/// <summary>A parameter in one of its versions.</summary>
public sealed record Parameter
{
    /// <summary>The name with its path.</summary>
    public required string Name { get; init; }

    /// <summary><c>String</c>, <c>StringList</c> or <c>SecureString</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The value in the clear.</summary>
    public required string Value { get; init; }

    /// <summary>The version, from 1.</summary>
    public long Version { get; init; } = 1;

    public string? Description { get; init; }

    /// <summary><c>Standard</c> or <c>Advanced</c>.</summary>
    public string Tier { get; init; } = "Standard";

    /// <summary>What the value is; <c>text</c> unless the caller says otherwise.</summary>
    public string DataType { get; init; } = "text";

    /// <summary>The key that encrypts a SecureString; null for the other types.</summary>
    public string? KeyId { get; init; }

    /// <summary>The regular expression that values have to match.</summary>
    public string? AllowedPattern { get; init; }

    /// <summary>When this version was written.</summary>
    public DateTimeOffset LastModified { get; init; }

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = Resource.NoTags;

    internal string ArnIn(Cloud cloud) => cloud.Arn("ssm", $"parameter{(Name.StartsWith('/') ? "" : "/")}{Name}");
}
