using System.Collections.Immutable;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Sts;

/// <summary>Who a request comes from: a session of a role when AssumeRole gave out its access key id, otherwise a user.</summary>
internal sealed record Caller(string AccessKeyId, string? Role, string Session, string PrincipalId, string Arn)
{
    public string UserId => Role is null ? PrincipalId : $"{PrincipalId}:{Session}";

    /// <summary>When the session ends; null for a user, and for a session that a test registered.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The policies that AssumeRole was given to narrow the session.</summary>
    public IReadOnlyList<string> SessionPolicies { get; init; } = [];

    public ImmutableSortedDictionary<string, string> SessionTags { get; init; } = Resource.NoTags;
}
