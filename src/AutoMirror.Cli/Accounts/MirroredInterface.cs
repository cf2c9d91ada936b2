using System.Net;
using Amazon.EC2.Model;

namespace AutoMirror.Cli.Accounts;

/// <summary>A session with the interface that it mirrors.</summary>
/// <param name="Session">The session.</param>
/// <param name="Interface">The interface; null when it could not be seen: it is gone, or another account's.</param>
/// <param name="Name">What a person calls it: its own tag Name, or its instance's.</param>
internal sealed record MirroredInterface(TrafficMirrorSession Session, NetworkInterface? Interface, string? Name)
{
    public string? InstanceId => Interface?.Attachment?.InstanceId;

    /// <summary>The primary private address, which copies come from.</summary>
    public IPAddress? Address => IPAddress.TryParse(Interface?.PrivateIpAddress, out var address) ? address : null;

    /// <summary>Reads every session of an account with its interface, in the order of the interfaces' ids.</summary>
    public static async Task<IReadOnlyList<MirroredInterface>> ReadAsync(IAccountReads account, CancellationToken cancellationToken)
    {
        var sessions = await account.SessionsAsync(cancellationToken);
        var ids = sessions.Select(session => session.NetworkInterfaceId).Distinct().ToList();
        var interfaces = (await account.NetworkInterfacesAsync(ids, cancellationToken)).ToDictionary(each => each.NetworkInterfaceId);
        var nameless = interfaces.Values.Where(each => NameIn(each.TagSet) is null).Select(each => each.Attachment?.InstanceId)
            .OfType<string>().Distinct().ToList();
        var names = nameless.Count == 0
            ? []
            : (await account.InstancesAsync(nameless, cancellationToken)).ToDictionary(each => each.InstanceId, each => NameIn(each.Tags));
        return
        [
            .. from session in sessions
               let its = interfaces.GetValueOrDefault(session.NetworkInterfaceId)
               orderby session.NetworkInterfaceId, session.SessionNumber
               select new MirroredInterface(
                   session, its, NameIn(its?.TagSet) ?? names.GetValueOrDefault(its?.Attachment?.InstanceId ?? "")),
        ];
    }

    private static string? NameIn(List<Tag>? tags) => tags?.Find(tag => tag.Key == "Name")?.Value is { Length: > 0 } name ? name : null;
}
