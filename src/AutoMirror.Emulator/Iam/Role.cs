using System.Collections.Immutable;
using AutoMirror.Emulator.Iam.Policies;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Iam;

/// <summary>A role: who may assume it, and what its sessions may do.</summary>
public sealed record Role
{
    public required string Name { get; init; }

    /// <summary>Begins and ends with a slash; <c>/</c> unless the caller says otherwise.</summary>
    public string Path { get; init; } = "/";

    /// <summary><c>AROA…</c>, which a role of the same name that is made later does not get again.</summary>
    public required string Id { get; init; }

    public required string Arn { get; init; }

    /// <summary>The trust policy as it was given.</summary>
    public required string TrustPolicy { get; init; }

    public string? Description { get; init; }

    /// <summary>The longest session that AssumeRole gives, in seconds.</summary>
    public int MaxSessionDuration { get; init; } = 3600;

    /// <summary>The ARN of the policy that sets the most that the role may do; null for none.</summary>
    public string? PermissionsBoundary { get; init; }

    public DateTimeOffset Created { get; init; }

    /// <summary>When a session of it last made a request; null before the first.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = Resource.NoTags;

    /// <summary>The documents of the inline policies, by the policies' names.</summary>
    public ImmutableSortedDictionary<string, string> InlinePolicies { get; init; } = Resource.NoTags;

    /// <summary>The ARNs of the managed policies that are attached.</summary>
    public ImmutableSortedSet<string> AttachedPolicies { get; init; } =
        ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    internal PolicyDocument Trust => PolicyDocument.Of(TrustPolicy);
}
