using System.Text.Json.Serialization;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Facts;

/// <summary>Which instance types can be mirror sources: data with source and date, in <c>source-support.json</c>.</summary>
/// <remarks>EC2 decides. This only spares calls that EC2 would surely refuse: where the guide's editions disagree, or
/// say nothing, EC2 is asked. What EC2 has accepted is supported, whatever stands here.</remarks>
internal sealed class SourceSupport
{
    private readonly HashSet<string> _supported;
    private readonly HashSet<string> _supportedBareMetal;
    private readonly HashSet<string> _withoutNitro;
    private readonly HashSet<string> _unsupportedOnNitro;

    private SourceSupport(Document document)
    {
        _supported = document.Supported.ToHashSet(StringComparer.OrdinalIgnoreCase);
        _supportedBareMetal = document.SupportedBareMetal.ToHashSet(StringComparer.OrdinalIgnoreCase);
        _withoutNitro = document.WithoutNitro.ToHashSet(StringComparer.OrdinalIgnoreCase);
        _unsupportedOnNitro = document.UnsupportedOnNitro.ToHashSet(StringComparer.OrdinalIgnoreCase);
        Date = document.Date;
    }

    /// <summary>What AutoMirror was built with.</summary>
    public static SourceSupport BuiltIn { get; } = new(GuideData.Load("source-support.json", SourceSupportJson.Default.Document));

    public string Date { get; }

    /// <summary>Why instances of a type cannot be sources; null when they can, as far as is known.</summary>
    public UnsupportedSource? WhyNot(string instanceType)
    {
        var type = InstanceTypeName.Of(instanceType);
        var family = type.Family;
        if (type.IsBareMetal)
            return _supportedBareMetal.Contains(family) ? null : UnsupportedSource.BareMetal;
        if (_supported.Contains(family))
            return null;
        if (_withoutNitro.Contains(family))
            return UnsupportedSource.NotNitro;
        return _unsupportedOnNitro.Contains(family) ? UnsupportedSource.Family : null;
    }

    /// <summary>Whether any of the guide's lists names the family of an instance type.</summary>
    public bool Names(string instanceType)
    {
        var type = InstanceTypeName.Of(instanceType);
        return type.IsBareMetal || _supported.Contains(type.Family) || _withoutNitro.Contains(type.Family)
            || _unsupportedOnNitro.Contains(type.Family);
    }

    internal sealed record Document(
        string Source,
        string Date,
        IReadOnlyList<string> Supported,
        IReadOnlyList<string> SupportedBareMetal,
        IReadOnlyList<string> WithoutNitro,
        IReadOnlyList<string> UnsupportedOnNitro);
}

/// <summary>Why an instance type cannot be a mirror source (Traffic Mirroring guide, "Limitations").</summary>
internal enum UnsupportedSource
{
    /// <summary>Bare metal, and none of the few families of it that are supported.</summary>
    BareMetal,

    /// <summary>Not built on Nitro, and none of the older families that are supported all the same.</summary>
    NotNitro,

    /// <summary>Built on Nitro, but of a family that the guide excepts and its newest edition does not list.</summary>
    Family,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SourceSupport.Document))]
internal sealed partial class SourceSupportJson : JsonSerializerContext;
