using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;
using Sdk = Amazon.EC2.Model;

namespace AutoMirror.Cli.Adopting;

/// <summary>An account as it will be once some sessions are taken over: what a sync would then do can be seen before.</summary>
/// <param name="adopted">The tags and the description that sessions will have, by their ids.</param>
internal sealed class AdoptedAccount(
    IAccountSource source, IReadOnlyDictionary<string, (Tags Tags, string Description)> adopted) : IAccountSource
{
    public DeploymentSettings Settings => source.Settings;

    public TimeProvider Time => source.Time;

    public IEc2? Port => null;

    public IReadOnlyDictionary<string, int> Calls => source.Calls;

    public async Task<Answer<IReadOnlyList<T>>> ReadAsync<T>(Listing<T> listing, CancellationToken cancellationToken)
    {
        var answer = await source.ReadAsync(listing, cancellationToken);
        return answer is Answer<IReadOnlyList<Sdk.TrafficMirrorSession>> sessions
            ? (Answer<IReadOnlyList<T>>)(object)sessions.Select(IReadOnlyList<Sdk.TrafficMirrorSession> (all) => [.. all.Select(After)])
            : answer;
    }

    public Task<Answer<IReadOnlyList<Amazon.SimpleSystemsManagement.Model.Parameter>>> ReadParametersAsync(
        CancellationToken cancellationToken) => source.ReadParametersAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();

    private Sdk.TrafficMirrorSession After(Sdk.TrafficMirrorSession session) =>
        !adopted.TryGetValue(session.TrafficMirrorSessionId, out var made) ? session : new Sdk.TrafficMirrorSession
        {
            TrafficMirrorSessionId = session.TrafficMirrorSessionId,
            NetworkInterfaceId = session.NetworkInterfaceId,
            TrafficMirrorTargetId = session.TrafficMirrorTargetId,
            TrafficMirrorFilterId = session.TrafficMirrorFilterId,
            SessionNumber = session.SessionNumber,
            PacketLength = session.PacketLength,
            VirtualNetworkId = session.VirtualNetworkId,
            OwnerId = session.OwnerId,
            Description = made.Description,
            Tags =
            [
                .. (session.Tags ?? []).Where(tag => made.Tags[tag.Key] is null),
                .. made.Tags.Pairs.Select(pair => new Sdk.Tag(pair.Key, pair.Value)),
            ],
        };
}
