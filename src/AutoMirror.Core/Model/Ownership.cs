using System.Globalization;

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

    /// <summary>When a session ends that a security finding asked for: a time as <c>2026-03-04T05:06:07Z</c>.</summary>
    public const string UntilKey = "automirror:until";

    /// <summary>EC2's own key for the name that consoles show.</summary>
    public const string NameKey = "Name";

    /// <summary>Whether a session is <paramref name="deployment"/>'s: only such sessions are ever modified or deleted.</summary>
    public static bool Owns(this Deployment deployment, TrafficMirrorSession session) =>
        string.Equals(session.Tags[ManagedByKey], deployment.Name, StringComparison.Ordinal);

    public static string DescriptionFor(this Deployment deployment, Id<Instance> instance) =>
        $"automirror/{deployment.Name}/{instance.Value}";

    /// <summary>The description of a session whose source belongs to no instance.</summary>
    public static string DescriptionFor(this Deployment deployment, Id<NetworkInterface> networkInterface) =>
        $"automirror/{deployment.Name}/{networkInterface.Value}";

    /// <summary>The tags that a session carries from the moment it is made.</summary>
    public static Tags TagsFor(
        this Deployment deployment, Id<NetworkInterface> networkInterface, Id<Instance>? instance, SensorName sensor,
        DateTimeOffset? until = null) => new(
    [
        new(ManagedByKey, deployment.Name),
        new(SensorKey, sensor.Value),
        new(NameKey, $"automirror {instance?.Value ?? networkInterface.Value}"),
        .. instance is { } id ? (KeyValuePair<string, string>[])[new(InstanceIdKey, id.Value)] : [],
        .. until is { } end
            ? (KeyValuePair<string, string>[])[new(UntilKey, end.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture))]
            : [],
    ]);

    /// <summary>When a session ends; null when no tag, or none that can be read, says so.</summary>
    public static DateTimeOffset? Until(TrafficMirrorSession session) =>
        DateTimeOffset.TryParseExact(
            session.Tags[UntilKey], TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until)
            ? until
            : null;

    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";
}
