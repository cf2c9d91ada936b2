using AutoMirror.Emulator.Ec2.Mirroring;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Simulation.Hosting;

namespace AutoMirror.Simulation.Checks;

/// <summary>What a handler can have seen since it began, less the visibility delay.</summary>
internal sealed partial class Watch
{
    private bool IsCalledFor(
        Handling by, TrafficMirrorSession session, DateTimeOffset settingsFrom, Found[] founds, bool checksTarget = true,
        bool checksFilter = true)
    {
        var settings = SettingsSince(by, settingsFrom).FindAll(each => each.Setting.LetsCreate);
        var isFilter = !checksFilter || settings.Exists(each => each.Setting.FilterId == session.FilterId);
        return isFilter && history.FactsSince(session.NetworkInterfaceId, Since(by)).Any(facts => settings.Exists(each =>
            Array.Exists(
                founds,
                found =>
                    Oracle.Of(facts, each, found) is Demand.Mirror { Sensor: var sensor }
                        && (!checksTarget || each.PoolOf(sensor).Contains(session.TargetId)))));
    }

    /// <summary>Every mixture: parameters come in pages, beside the targets, and may be older
    /// than the instances by which a sensor's host is known.</summary>
    private List<Circumstances> SettingsSince(Handling by, DateTimeOffset from)
    {
        var all = history.Chronicle.SettingsSince(from).ToList();
        var hosts = all.Concat(history.Chronicle.SettingsSince(Since(by))).Select(each => each.SensorInstances)
            .Concat(all.Select(each => HostsOf(by, each.SensorInterfaces)))
            .DistinctBy(hosts => string.Join(' ', hosts.Order(StringComparer.Ordinal))).ToList();
        var settings = all.Select(each => each.Setting).Distinct().ToList();
        var sensors = settings.Select(each => each.Sensors).Distinct().ToList();
        return
        [
            .. from each in all
               from setting in settings
               from pools in sensors
               from host in hosts
               select each with { Setting = setting with { Sensors = pools }, SensorInstances = host },
        ];
    }

    /// <summary>The instances on which a handler can have seen interfaces that it had read to
    /// be targets, though they were on none while they were.</summary>
    private IReadOnlySet<string> HostsOf(Handling by, IReadOnlySet<string> interfaces) =>
        interfaces.SelectMany(id => history.Chronicle.Since<NetworkInterface>(id, Since(by)))
            .Select(version => version.Attachment?.InstanceId).OfType<string>().ToHashSet();

    /// <summary>What the handler can have seen of a session's interface.</summary>
    private string Seen(Handling by, TrafficMirrorSession session) =>
        string.Join(" or ", history.FactsSince(session.NetworkInterfaceId, Since(by)).Take(4).Select(facts =>
            $"{facts.Instance?.Id ?? "no instance"} {facts.Instance?.StateName} {facts.Instance?.Type.Name} "
+ $"{facts.Interface.Attachment?.Status} with [{string.Join(", ", facts.Instance?.Tags.AsEnumerable() ?? [])}] "
            + $"and [{string.Join(", ", facts.Interface.Tags)}]"));

    /// <summary>The oldest that a handler can have seen: what held when it began, and
    /// was not yet superseded in what describes show.</summary>
    private DateTimeOffset Since(Handling handling) => handling.StartedAt - history.Dials.Visibility;

    private string DescriptionOf(TrafficMirrorSession session) =>
        $"automirror/automirror/"
            + $"{history.Cloud.Ec2.NetworkInterfaces.Table.Find(
                session.NetworkInterfaceId)?.Attachment?.InstanceId ?? session.NetworkInterfaceId}";
}
