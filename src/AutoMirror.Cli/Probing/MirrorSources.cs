using System.Net;
using AutoMirror.Cli.Accounts;

namespace AutoMirror.Cli.Probing;

/// <summary>An interface that is mirrored, as EC2 describes it: who is behind a VNI.</summary>
/// <param name="VirtualNetworkId">The session's VNI.</param>
/// <param name="Address">The interface's primary private address, which the copies come from; null when it is not known.</param>
/// <param name="NetworkInterfaceId">The interface.</param>
/// <param name="InstanceId">The instance that has it; null when none has.</param>
/// <param name="Name">What a person calls it: its tag Name, or its instance's.</param>
/// <param name="TargetId">The session's target; null when it is this sensor for sure.</param>
internal sealed record MirrorSource(
    int VirtualNetworkId, IPAddress? Address, string NetworkInterfaceId, string? InstanceId = null, string? Name = null,
    string? TargetId = null);

/// <summary>The interfaces that are mirrored: names for what arrives, and what to miss when nothing does.</summary>
internal sealed class MirrorSources(IReadOnlyList<MirrorSource> all)
{
    private readonly ILookup<int, MirrorSource> _byNetwork = all.ToLookup(each => each.VirtualNetworkId);

    /// <summary>Every interface that is mirrored, to this sensor or, where nobody said which targets are its own, to any.</summary>
    public IReadOnlyList<MirrorSource> All => all;

    /// <summary>
    /// Who sends copies with this VNI from this address; null when nobody is known to. Sessions can share a VNI, so the address
    /// decides wherever it is known: EC2 sends copies from "the primary IP address of the source network interface".
    /// </summary>
    public MirrorSource? Find(int virtualNetworkId, UInt128 address) =>
        _byNetwork[virtualNetworkId].FirstOrDefault(each => each.Address is { } known && Decoding.Address.Of(known) == address)
        ?? _byNetwork[virtualNetworkId].FirstOrDefault(each => each.Address is null);

    /// <summary>
    /// The interfaces that are to be missed once these were heard: those with the same targets, since others may have another sensor.
    /// Where nobody was heard, all.
    /// </summary>
    public IReadOnlyList<MirrorSource> SilentBut(IReadOnlySet<MirrorSource> heard)
    {
        var targets = heard.Select(each => each.TargetId).ToHashSet();
        return [.. all.Where(each => !heard.Contains(each) && (targets.Count == 0 || targets.Contains(each.TargetId)))];
    }

    /// <summary>Reads them from an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="targets">The targets of this sensor; none where nobody said.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<MirrorSources> ReadAsync(
        IAccountReads account, IReadOnlyCollection<string> targets, CancellationToken cancellationToken) => new(
    [
        .. from mirrored in await MirroredInterface.ReadAsync(account, cancellationToken)
           let session = mirrored.Session
           where session.VirtualNetworkId is not null && (targets.Count == 0 || targets.Contains(session.TrafficMirrorTargetId))
           select new MirrorSource(
               session.VirtualNetworkId!.Value, mirrored.Address, session.NetworkInterfaceId, mirrored.InstanceId, mirrored.Name,
               session.TrafficMirrorTargetId),
    ]);
}
