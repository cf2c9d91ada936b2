using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Planning;

/// <summary>Everything that a plan follows from.</summary>
internal sealed record Situation(Deployment Deployment, Configuration Configuration, Inventory Inventory)
{
    private readonly Dictionary<Id<NetworkInterface>, Contradiction> _doubts = [];

    /// <summary>What EC2 shows of sensors and filters.</summary>
    public Equipment Equipment { get; init; } = Equipment.Unknown;

    /// <summary>Families of instance types that EC2 has refused as sources, though no guide says so.</summary>
    public IReadOnlySet<string> RefusedFamilies { get; init; } = new HashSet<string>();

    /// <summary>The account; null where nobody knows it.</summary>
    public string? Account { get; init; }

    /// <summary>Whose sessions are whose.</summary>
    public SessionOwner Owner => field ??= Configuration.OwnerFor(Deployment);

    /// <summary>What security findings and captures ask for now, whatever tags say.</summary>
    public TimedWishes TimedWishes { get; init; } = TimedWishes.None;

    /// <summary>Where young events contradict the inventory: nothing is changed there before EC2 was asked again.</summary>
    public IReadOnlyList<Contradiction> Contradictions
    {
        get;
        init
        {
            field = value;
            _doubts = Doubts(Inventory, value);
        }
    } = [];

    /// <summary>Whether a person takes responsibility for more deletes than the policy's limits let through.</summary>
    public bool AllowDeletes { get; init; }

    /// <summary>Whether a request asks for that, and this deployment does not permit it.</summary>
    public bool IsDenied { get; init; }

    /// <summary>Who is mirrored, and how.</summary>
    public Policy Policy => Configuration.Policy;

    public bool IsFullSync => Inventory.SessionCoverage is SessionCoverage.Account;

    /// <summary>What contradicts the inventory's word on an interface; null when nothing does.</summary>
    public Contradiction? DoubtOf(Id<NetworkInterface> networkInterface) => _doubts.GetValueOrDefault(networkInterface);

    private static Dictionary<Id<NetworkInterface>, Contradiction> Doubts(Inventory inventory, IReadOnlyList<Contradiction> contradictions)
    {
        var doubts = new Dictionary<Id<NetworkInterface>, Contradiction>();
        foreach (var contradiction in contradictions)
        {
            foreach (var instance in inventory.Instances)
            {
                foreach (var each in instance.NetworkInterfaces.Where(each => contradiction.Concerns(each, instance)))
                    doubts.TryAdd(each.Id, contradiction);
            }

            foreach (var each in inventory.StandaloneInterfaces.Where(each => contradiction.Concerns(each, null)))
                doubts.TryAdd(each.Id, contradiction);
            foreach (var missing in contradiction.Where.NetworkInterfaces)
                doubts.TryAdd(missing, contradiction);

            // An instance that is not shown yet may have interfaces that are shown, as they were before they were attached to it.
            foreach (var session in inventory.Sessions.Where(each => each.IsFor(contradiction.Where.Instances)))
                doubts.TryAdd(session.NetworkInterfaceId, contradiction);
        }

        return doubts;
    }
}
