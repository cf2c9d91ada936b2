using System.Net;

namespace AutoMirror.Cli.Probing;

/// <summary>An interface that is mirrored, as EC2 describes it: who is behind a VNI.</summary>
/// <param name="VirtualNetworkId">The session's VNI.</param>
/// <param name="Address">The interface's primary private address, which the copies come from; null when it is not known.</param>
/// <param name="NetworkInterfaceId">The interface.</param>
/// <param name="InstanceId">The instance that has it; null when none has.</param>
/// <param name="Name">What a person calls it: its tag Name, or its instance's.</param>
internal sealed record MirrorSource(
    int VirtualNetworkId, IPAddress? Address, string NetworkInterfaceId, string? InstanceId = null, string? Name = null);

/// <summary>All interfaces whose copies should come here: names for what arrives, and what to miss when nothing does.</summary>
internal sealed class MirrorSources(IReadOnlyList<MirrorSource> all)
{
    private readonly ILookup<int, MirrorSource> _byNetwork = all.ToLookup(each => each.VirtualNetworkId);

    /// <summary>Every interface that is mirrored to this sensor.</summary>
    public IReadOnlyList<MirrorSource> All => all;

    /// <summary>
    /// Who sends copies with this VNI from this address; null when nobody is known to. Sessions can share a VNI, so the address
    /// decides wherever it is known: EC2 sends copies from "the primary IP address of the source network interface".
    /// </summary>
    public MirrorSource? Find(int virtualNetworkId, UInt128 address) =>
        _byNetwork[virtualNetworkId].FirstOrDefault(each => each.Address is { } known && Decoding.Address.Of(known) == address)
        ?? _byNetwork[virtualNetworkId].FirstOrDefault(each => each.Address is null);
}
