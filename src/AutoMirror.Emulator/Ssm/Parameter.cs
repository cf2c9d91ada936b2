using System.Collections.Immutable;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ssm;

/// <summary>A parameter in one of its versions.</summary>
public sealed record Parameter
{
    /// <summary>Its name, with its path.</summary>
    public required string Name { get; init; }

    /// <summary><c>String</c>, <c>StringList</c> or <c>SecureString</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Its value, in the clear.</summary>
    public required string Value { get; init; }

    /// <summary>Its version, from 1.</summary>
    public long Version { get; init; } = 1;

    /// <summary>Its description.</summary>
    public string? Description { get; init; }

    /// <summary><c>Standard</c> or <c>Advanced</c>.</summary>
    public string Tier { get; init; } = "Standard";

    /// <summary><c>text</c>, or what else the value is.</summary>
    public string DataType { get; init; } = "text";

    /// <summary>The key that a SecureString is encrypted with.</summary>
    public string? KeyId { get; init; }

    /// <summary>The pattern that values must match.</summary>
    public string? AllowedPattern { get; init; }

    /// <summary>When this version was written.</summary>
    public DateTimeOffset LastModified { get; init; }

    /// <summary>The parameter's tags.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = Resource.NoTags;

    internal string ArnIn(Cloud cloud) => cloud.Arn("ssm", $"parameter{(Name.StartsWith('/') ? "" : "/")}{Name}");
}
