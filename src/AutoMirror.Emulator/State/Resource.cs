using System.Collections.Immutable;

namespace AutoMirror.Emulator.State;

/// <summary>Anything that has an id and tags.</summary>
public abstract record Resource
{
    /// <summary>The id, for example <c>eni-0123456789abcdef0</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The tags by key. Keys are case-sensitive.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = NoTags;

    internal static ImmutableSortedDictionary<string, string> NoTags { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
