using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>A traffic mirror filter; its rules are resources of their own.</summary>
public sealed record TrafficMirrorFilter : Resource
{
    /// <summary>Its description.</summary>
    public string? Description { get; init; }

    /// <summary>The network services let through, which can only be <c>amazon-dns</c>.</summary>
    public IReadOnlyList<string> NetworkServices { get; init; } = [];
}
