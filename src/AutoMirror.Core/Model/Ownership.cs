namespace AutoMirror.Core.Model;

/// <summary>Whose a session is, and how ours are marked: the only file that knows AutoMirror's tag keys.</summary>
/// <remarks>
/// The tag decides ownership. The description only finds: DescribeTrafficMirrorSessions documents no filter on tags,
/// but one on the description (EC2 API reference).
/// </remarks>
internal static class Ownership
{
    /// <summary>The owner tag: its value is the deployment's name.</summary>
    public const string ManagedByKey = "automirror:managed-by";

    /// <summary>The instance that the session was made for.</summary>
    public const string InstanceIdKey = "automirror:instance-id";

    /// <summary>The sensor that the session feeds; on a mirror target, the sensor whose pool it joins.</summary>
    public const string SensorKey = "automirror:sensor";

    /// <summary>When a session ends that a security finding or a person asked for: see <see cref="SessionEnd"/>.</summary>
    public const string UntilKey = "automirror:until";

    /// <summary>On an instance, with any value: it is a sensor's host, and is never mirrored.</summary>
    public const string SensorHostKey = "automirror:sensor-host";

    /// <summary>EC2's own key for the name that consoles show.</summary>
    public const string NameKey = "Name";

    /// <summary>What the policy has set on a session, so that it can be undone: EC2's names of the fields, separated by blanks.</summary>
    public const string SetKey = "automirror:set";

    /// <summary>The names of fields in <see cref="SetKey"/>.</summary>
    public const string SetVirtualNetworkId = "virtual-network-id", SetPacketLength = "packet-length";

    /// <summary>Whether a session's tag says that it is <paramref name="deployment"/>'s.
    /// See <see cref="SessionOwner"/> for whether it is.</summary>
    public static bool Claims(this Deployment deployment, TrafficMirrorSession session) =>
        string.Equals(session.Tags[ManagedByKey], deployment.Name, StringComparison.Ordinal);

    /// <summary>Whether a session has a description of the form that a deployment writes.</summary>
    public static bool Describes(this Deployment deployment, TrafficMirrorSession session) =>
        session.Description?.StartsWith($"automirror/{deployment.Name}/", StringComparison.Ordinal) is true;

    /// <summary>Whether a session says that it was made for one of some instances.</summary>
    public static bool IsFor(this TrafficMirrorSession session, IReadOnlyCollection<Id<Instance>> instances) =>
        Id<Instance>.TryParse(session.Tags[InstanceIdKey]) is { } instance && instances.Contains(instance);

    /// <summary>The value of <see cref="SetKey"/> for some fields.</summary>
    public static string Joined(IEnumerable<string> fields) => string.Join(' ', fields);

    /// <summary>Whether the policy has set a field of a session.</summary>
    public static bool WasSet(TrafficMirrorSession session, string field) => session.Tags[SetKey]?.Split(' ').Contains(field) is true;

    public static string DescriptionFor(this Deployment deployment, Id<Instance> instance) =>
        $"automirror/{deployment.Name}/{instance.Value}";

    /// <summary>The description of a session whose source belongs to no instance.</summary>
    public static string DescriptionFor(this Deployment deployment, Id<NetworkInterface> networkInterface) =>
        $"automirror/{deployment.Name}/{networkInterface.Value}";

    /// <summary>The tags that a session carries from the moment it is made.</summary>
    /// <param name="set">The fields that the policy sets.</param>
    /// <param name="more">Tags of the owner's own.</param>
    public static Tags TagsFor(
        this Deployment deployment, Id<NetworkInterface> networkInterface, Id<Instance>? instance, SensorName sensor,
        SessionEnd? end, IReadOnlyList<string> set, Tags more) => new(
    [
        .. more.Pairs,
        new(ManagedByKey, deployment.Name),
        new(SensorKey, sensor.Value),
        new(NameKey, $"automirror {instance?.Value ?? networkInterface.Value}"),
        .. instance is { } id ? (KeyValuePair<string, string>[])[new(InstanceIdKey, id.Value)] : [],
        .. end is { } until ? (KeyValuePair<string, string>[])[new(UntilKey, until.ToString())] : [],
        .. set.Count > 0 ? (KeyValuePair<string, string>[])[new(SetKey, Joined(set))] : [],
    ]);

    /// <summary>When a session ends; null when no tag, or none that can be read, says so.</summary>
    public static SessionEnd? EndOf(TrafficMirrorSession session) => SessionEnd.TryParse(session.Tags[UntilKey]);
}
