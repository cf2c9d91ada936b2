using System.Collections.Immutable;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>A metric: a namespace, a name, and dimensions. Another set of dimensions is another metric.</summary>
public sealed record Metric(string Namespace, string Name)
{
    public ImmutableSortedDictionary<string, string> Dimensions { get; init; } = Resource.NoTags;

    /// <summary>A text that only the same metric has.</summary>
    internal string Key => string.Join('\n', [Namespace, Name, .. Dimensions.Select(pair => $"{pair.Key}={pair.Value}")]);

    internal Metric With(string dimension, string value) => this with { Dimensions = Dimensions.SetItem(dimension, value) };
}
