using AutoMirror.Cli.Accounts;

namespace AutoMirror.Cli.Health;

/// <summary>What is mirrored, instance by instance.</summary>
/// <param name="Mirrored">Every session with its interface.</param>
/// <param name="Health">What CloudWatch says; null when nobody wanted to know.</param>
internal sealed record MirrorStatus(IReadOnlyList<MirroredInterface> Mirrored, HealthReading? Health)
{
    /// <summary>The instances with a session, by id.</summary>
    public IReadOnlyList<MirroredInstance> Instances { get; } =
    [
        .. from mirrored in Mirrored
           where mirrored.InstanceId is not null
           orderby mirrored.InstanceId
           group mirrored by mirrored.InstanceId into instance
           select new MirroredInstance(instance.Key, instance.Select(each => each.Name).FirstOrDefault(), [.. instance]),
    ];

    /// <summary>Interfaces that no instance has, or that can't be seen: CloudWatch has nothing of them here.</summary>
    public IReadOnlyList<string> WithoutInstance { get; } =
        [.. Mirrored.Where(each => each.InstanceId is null).Select(each => each.Session.NetworkInterfaceId).Distinct()];
}

/// <summary>An instance with its sessions.</summary>
internal sealed record MirroredInstance(string Id, string? Name, IReadOnlyList<MirroredInterface> Mirrored);
