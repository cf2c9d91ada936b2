using System.Collections.Immutable;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Iam;

/// <summary>A managed policy with its versions, of which one is the default: the one that counts.</summary>
public sealed record ManagedPolicy
{
    public required string Name { get; init; }

    public string Path { get; init; } = "/";

    public required string Id { get; init; }

    public required string Arn { get; init; }

    public string? Description { get; init; }

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset Updated { get; init; }

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = Resource.NoTags;

    /// <summary>The versions from the oldest to the newest.</summary>
    public required ImmutableList<PolicyVersion> Versions { get; init; }

    public required string DefaultVersionId { get; init; }

    /// <summary>The number that the next version gets: numbers are not given twice.</summary>
    internal int NextVersion { get; init; } = 2;

    /// <summary>The document of the default version.</summary>
    public string Document => Versions.Find(version => version.Id == DefaultVersionId)!.Document;
}

/// <summary>A version of a managed policy; the id is <c>v1</c>, <c>v2</c> and so on.</summary>
public sealed record PolicyVersion(string Id, string Document, DateTimeOffset Created);
