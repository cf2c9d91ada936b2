using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>A traffic mirror filter. Its rules are resources of their own.</summary>
public sealed record TrafficMirrorFilter : Resource
{
    public string? Description { get; init; }

    /// <summary>The network services whose traffic it accepts; the only one is <c>amazon-dns</c>.</summary>
    public IReadOnlyList<string> NetworkServices { get; init; } = [];
}
