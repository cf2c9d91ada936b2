using AutoMirror.Cli.Accounts;
using AutoMirror.Cli.Snapshots;

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

    /// <summary>Reads what is mirrored in an account, and asks CloudWatch about it.</summary>
    public static async Task<MirrorStatus> WithHealthAsync(IAccountSource account, CancellationToken cancellationToken)
    {
        var status = new MirrorStatus(await MirroredInterface.ReadAsync(new AccountReads(account), cancellationToken), Health: null);
        return status with { Health = await HealthReading.OfAsync(status, account, cancellationToken) };
    }

    /// <summary>Interfaces that no instance has, or that can't be seen: CloudWatch has nothing of them here.</summary>
    public IReadOnlyList<string> WithoutInstance { get; } =
        [.. Mirrored.Where(each => each.InstanceId is null).Select(each => each.Session.NetworkInterfaceId).Distinct()];
}

/// <summary>An instance with its sessions.</summary>
internal sealed record MirroredInstance(string Id, string? Name, IReadOnlyList<MirroredInterface> Mirrored);
