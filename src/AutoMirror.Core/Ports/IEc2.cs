using AutoMirror.Core.Model;

namespace AutoMirror.Core.Ports;

/// <summary>The one port to EC2, in AutoMirror's own terms. One object serves one invocation.</summary>
/// <remarks>
/// Reads show what AWS services manage too (EC2 API, IncludeManagedResources). They follow every page, or are
/// refused whole. A list lacks the ids that EC2 does not know. A call is tried again, within the
/// invocation's time, when its failure may pass; what still fails comes back as a <see cref="Refusal"/>. Only a change that EC2 throttles
/// is not tried again here: <see cref="PacedCalls"/> does that for all changes together.
/// </remarks>
internal interface IEc2
{
    /// <summary>How often each action was called so far, every attempt counted.</summary>
    IReadOnlyDictionary<string, int> Calls { get; }

    Task<Answer<IReadOnlyList<Instance>>> DescribeInstancesAsync(Query<Instance> query, CancellationToken cancellationToken);

    /// <summary>Network interfaces with their own tags.</summary>
    Task<Answer<IReadOnlyList<NetworkInterface>>> DescribeNetworkInterfacesAsync(
        Query<NetworkInterface> query, CancellationToken cancellationToken);

    Task<Answer<IReadOnlyList<TrafficMirrorSession>>> DescribeSessionsAsync(
        Query<TrafficMirrorSession> query, CancellationToken cancellationToken);

    /// <summary>Every mirror target that this account can see.</summary>
    Task<Answer<IReadOnlyList<TrafficMirrorTarget>>> DescribeTargetsAsync(CancellationToken cancellationToken);

    /// <summary>Those of the given mirror filters that this account can see, with their rules.</summary>
    Task<Answer<IReadOnlyList<TrafficMirrorFilter>>> DescribeFiltersAsync(
        IReadOnlyCollection<Id<TrafficMirrorFilter>> ids, CancellationToken cancellationToken);

    Task<Answer<IReadOnlyList<Subnet>>> DescribeSubnetsAsync(IReadOnlyCollection<Id<Subnet>> ids, CancellationToken cancellationToken);

    Task<Answer<IReadOnlyList<Vpc>>> DescribeVpcsAsync(IReadOnlyCollection<Id<Vpc>> ids, CancellationToken cancellationToken);

    Task<Answer<IReadOnlyList<VpcEndpoint>>> DescribeEndpointsAsync(
        IReadOnlyCollection<Id<VpcEndpoint>> ids, CancellationToken cancellationToken);

    /// <summary>Creates a session with its tags. Repeating it with the same token makes no second session.</summary>
    Task<Answer<TrafficMirrorSession>> CreateSessionAsync(
        SessionSettings settings, string clientToken, CancellationToken cancellationToken);

    /// <summary>Modifies a session in place; null when that is done. Safe to repeat.</summary>
    Task<Refusal?> ModifySessionAsync(Id<TrafficMirrorSession> session, SessionDifference difference, CancellationToken cancellationToken);

    /// <summary>Sets tags of a session; null when that is done. Safe to repeat.</summary>
    Task<Refusal?> TagSessionAsync(Id<TrafficMirrorSession> session, Tags tags, CancellationToken cancellationToken);

    /// <summary>Takes tags off a session; null when that is done. Safe to repeat.</summary>
    Task<Refusal?> UntagSessionAsync(Id<TrafficMirrorSession> session, IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>Deletes a session; null when it is gone, whoever deleted it.</summary>
    Task<Refusal?> DeleteSessionAsync(Id<TrafficMirrorSession> session, CancellationToken cancellationToken);
}
