using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;

namespace AutoMirror.Core.Applying;

/// <summary>The one port to EC2, in AutoMirror's own terms. One object serves one invocation.</summary>
/// <remarks>
/// Reads follow every page, or are refused whole. Calls retry what passes by itself, within the invocation's deadline;
/// what still fails comes back as a <see cref="Refusal"/>. Calls that change something are not retried when they are throttled:
/// that is for the <see cref="RateBudget"/> of all of them. Ids that EC2 does not know are simply not in a list.
/// </remarks>
public interface IEc2
{
    /// <summary>How often each action was called so far, retries included.</summary>
    IReadOnlyDictionary<string, int> Calls { get; }

    /// <summary>Instances with their interfaces.</summary>
    Task<Answer<IReadOnlyList<Instance>>> DescribeInstancesAsync(InstanceQuery query, CancellationToken cancellationToken);

    /// <summary>Network interfaces with their own tags.</summary>
    Task<Answer<IReadOnlyList<NetworkInterface>>> DescribeNetworkInterfacesAsync(NetworkInterfaceQuery query, CancellationToken cancellationToken);

    /// <summary>Mirror sessions.</summary>
    Task<Answer<IReadOnlyList<TrafficMirrorSession>>> DescribeSessionsAsync(SessionQuery query, CancellationToken cancellationToken);

    /// <summary>Every mirror target that this account can see.</summary>
    Task<Answer<IReadOnlyList<TrafficMirrorTarget>>> DescribeTargetsAsync(CancellationToken cancellationToken);

    /// <summary>Those of the given mirror filters that this account can see, with their rules.</summary>
    Task<Answer<IReadOnlyList<TrafficMirrorFilter>>> DescribeFiltersAsync(IReadOnlyCollection<Id<TrafficMirrorFilter>> ids, CancellationToken cancellationToken);

    /// <summary>The tags of the given subnets.</summary>
    Task<Answer<IReadOnlyList<Subnet>>> DescribeSubnetsAsync(IReadOnlyCollection<Id<Subnet>> ids, CancellationToken cancellationToken);

    /// <summary>The tags of the given VPCs.</summary>
    Task<Answer<IReadOnlyList<Vpc>>> DescribeVpcsAsync(IReadOnlyCollection<Id<Vpc>> ids, CancellationToken cancellationToken);

    /// <summary>Creates a session with its tags. Safe to repeat under the same token.</summary>
    Task<Answer<TrafficMirrorSession>> CreateSessionAsync(SessionSettings settings, string clientToken, CancellationToken cancellationToken);

    /// <summary>Modifies a session in place. Safe to repeat.</summary>
    Task<Answer<Id<TrafficMirrorSession>>> ModifySessionAsync(Id<TrafficMirrorSession> session, SessionDifference difference, CancellationToken cancellationToken);

    /// <summary>Puts a session's tags right. Safe to repeat.</summary>
    Task<Answer<Id<TrafficMirrorSession>>> TagSessionAsync(Id<TrafficMirrorSession> session, Tags tags, CancellationToken cancellationToken);

    /// <summary>Takes a tag off a session. Safe to repeat.</summary>
    Task<Answer<Id<TrafficMirrorSession>>> UntagSessionAsync(Id<TrafficMirrorSession> session, string key, CancellationToken cancellationToken);

    /// <summary>Deletes a session; one that is gone already is a success.</summary>
    Task<Answer<Id<TrafficMirrorSession>>> DeleteSessionAsync(Id<TrafficMirrorSession> session, CancellationToken cancellationToken);
}

/// <summary>Which instances.</summary>
public abstract record InstanceQuery
{
    private InstanceQuery()
    {
    }

    /// <summary>All of the account in this Region.</summary>
    public sealed record All : InstanceQuery;

    /// <summary>Those with these ids, as far as EC2 knows them.</summary>
    /// <param name="Ids">The ids, any number.</param>
    public sealed record WithIds(IReadOnlyCollection<Id<Instance>> Ids) : InstanceQuery;

    /// <summary>Those with an interface in these VPCs.</summary>
    /// <param name="Ids">The VPCs.</param>
    public sealed record InVpcs(IReadOnlyCollection<Id<Vpc>> Ids) : InstanceQuery;

    /// <summary>Those with an interface in these subnets.</summary>
    /// <param name="Ids">The subnets.</param>
    public sealed record InSubnets(IReadOnlyCollection<Id<Subnet>> Ids) : InstanceQuery;
}

/// <summary>Which network interfaces.</summary>
public abstract record NetworkInterfaceQuery
{
    private NetworkInterfaceQuery()
    {
    }

    /// <summary>All of the account in this Region.</summary>
    public sealed record All : NetworkInterfaceQuery;

    /// <summary>Those with these ids, as far as EC2 knows them.</summary>
    /// <param name="Ids">The ids, any number.</param>
    public sealed record WithIds(IReadOnlyCollection<Id<NetworkInterface>> Ids) : NetworkInterfaceQuery;

    /// <summary>Those attached to these instances.</summary>
    /// <param name="Ids">The instances.</param>
    public sealed record OfInstances(IReadOnlyCollection<Id<Instance>> Ids) : NetworkInterfaceQuery;

    /// <summary>Those in these VPCs.</summary>
    /// <param name="Ids">The VPCs.</param>
    public sealed record InVpcs(IReadOnlyCollection<Id<Vpc>> Ids) : NetworkInterfaceQuery;

    /// <summary>Those in these subnets.</summary>
    /// <param name="Ids">The subnets.</param>
    public sealed record InSubnets(IReadOnlyCollection<Id<Subnet>> Ids) : NetworkInterfaceQuery;
}

/// <summary>Which mirror sessions.</summary>
public abstract record SessionQuery
{
    private SessionQuery()
    {
    }

    /// <summary>All that this account can see.</summary>
    public sealed record All : SessionQuery;

    /// <summary>Those with one of these descriptions, exactly.</summary>
    /// <param name="Descriptions">The descriptions, any number.</param>
    public sealed record WithDescriptions(IReadOnlyCollection<string> Descriptions) : SessionQuery;

    /// <summary>Those with these ids, as far as EC2 knows them.</summary>
    /// <param name="Ids">The ids, any number.</param>
    public sealed record WithIds(IReadOnlyCollection<Id<TrafficMirrorSession>> Ids) : SessionQuery;

    /// <summary>Those on these interfaces, whoever owns them.</summary>
    /// <param name="Ids">The interfaces, any number.</param>
    public sealed record OnInterfaces(IReadOnlyCollection<Id<NetworkInterface>> Ids) : SessionQuery;
}
