using System.Globalization;
using AutoMirror.Emulator.Ec2.Mirroring;
using AutoMirror.Simulation.Hosting;
using AutoMirror.Simulation.Worlds;

namespace AutoMirror.Simulation.Checks;

/// <summary>Safety: looks at every change of a session at the moment it happens, and asks
/// whether anything that the handler could have read called for it.</summary>
internal sealed partial class Watch(History history)
{
    private const string OwnerKey = "automirror:managed-by";
    private static readonly TimeSpan SetupLifetime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, TrafficMirrorSession> _sessions = [];
    private readonly Timeline<int> _owned = new();

    /// <summary>How many changes the function has made, or tried to.</summary>
    public int ChangesTried { get; private set; }

    /// <summary>How many changes the function has made.</summary>
    public int ChangesMade { get; private set; }

    /// <summary>How many of these are sessions beside somebody else's to the same target. EC2 takes them though
    /// the target is full, so whether one is made depends on who asks first.</summary>
    public int MadeBesideOthers { get; private set; }

    /// <summary>Until when a session stays that a finding asked for.</summary>
    public static DateTimeOffset? Until(TrafficMirrorSession session) =>
        DateTimeOffset.TryParseExact(
            session.Tags.GetValueOrDefault("automirror:until"), "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var until)
            ? until
            : null;

    public static bool Claims(TrafficMirrorSession session) => session.Tags.GetValueOrDefault(OwnerKey) == "automirror";

    /// <summary>A call begins.</summary>
    public void Begins(Handling handling, string action, bool changes)
    {
        if (!changes)
            return;
        ChangesTried++;
        var time = handling.Deadline - handling.StartedAt;
        var margin = TimeSpan.FromSeconds(Math.Min(4, time.TotalSeconds * 0.2));
        if (history.Clock.Now >= handling.Deadline - margin + LastWord)
            history.Violated($"{handling.Id} begins {action} when its time is all but over");
    }

    /// <summary>Compares the sessions with what they were; <paramref name="by"/> is null when people or EC2 itself were at work.</summary>
    public void Look(Handling? by)
    {
        var table = history.Cloud.Ec2.Sessions.Table.Current;
        var isSame = table.Count == _sessions.Count;
        foreach (var session in table.Values)
        {
            _sessions.TryGetValue(session.Id, out var before);
            if (ReferenceEquals(before, session))
                continue;
            isSame = false;
            _sessions[session.Id] = session;
            history.Chronicle.Note(session.Id, session);
            if (before is null)
                history.Chronicle.Note($"sessions of {session.NetworkInterfaceId}", session);
            if (by is not null && before is null)
                Created(by, session);
            else if (by is not null)
                Modified(by, before!, session);
        }

        if (isSame)
            return;
        _owned.Note(history.Clock.Now, table.Values.Count(Claims));
        foreach (var gone in _sessions.Values.Where(session => table.Find(session.Id) is null).ToList())
        {
            _sessions.Remove(gone.Id);
            history.Chronicle.Note(gone.Id, null);
            if (by is not null && history.Cloud.Ec2.NetworkInterfaces.Table.Find(gone.NetworkInterfaceId) is not null)
                Deleted(by, gone);
        }
    }

    private void Created(Handling by, TrafficMirrorSession session)
    {
        ChangesMade++;
        history.Note(() => $"{by.Id} has made {Told(session)}");
        if (
            _sessions.Values.Any(
                each =>
                    each.Id != session.Id && each.NetworkInterfaceId == session.NetworkInterfaceId && each.TargetId == session.TargetId))
        {
            MadeBesideOthers++;
        }

        if (!Claims(session))
            history.Violated($"{by.Id} made {session.Id} without its owner's tag: nobody will look after it");
        if (session.Description != DescriptionOf(session)
            && !history.FactsSince(session.NetworkInterfaceId, Since(by))
            .Any(facts => session.Description == $"automirror/automirror/{facts.Instance?.Id}"))
        {
            history.Violated($"{by.Id} made {session.Id} with the description {session.Description}, by which it will not be found");
        }

        if (Until(session) is { } until && !EndsOf(by, session).Contains(until))
            history.Violated($"{by.Id} made {Told(session)} until {until:O}, which no finding asks for");
        if (!IsCalledFor(by, session, settingsFrom: Since(by) - SetupLifetime, Until(session) is null ? [Found.Never] : [Found.Now]))
            history.Violated($"{by.Id} made {Told(session)}, which nothing asked for: {Seen(by, session)}");
        var other = _sessions.Values.FirstOrDefault(each => each.Id != session.Id && each.NetworkInterfaceId == session.NetworkInterfaceId
            && history.Chronicle.Since<TrafficMirrorSession>(each.Id, Since(by)).All(IsToBeFound)
            && history.Chronicle.WasThere(each.Id, Since(by)));
        if (other is not null)
            history.Violated($"{by.Id} made {session.Id} beside {other.Id}, which is ours too and was there to be seen");
    }

    private void Modified(Handling by, TrafficMirrorSession before, TrafficMirrorSession after)
    {
        ChangesMade++;
        history.Note(() => $"{by.Id} has changed {Told(before)} to {Told(after)}");
        Trail.Session(history.Cloud, "ModifyTrafficMirrorSession", after.Id, Trail.Function);
        CheckOwner(by, before);
        if (!history.Chronicle.SettingsSince(Since(by) - SetupLifetime).Any(each => each.Setting.LetsCreate))
            history.Violated($"{by.Id} changed {after.Id}, which the setting forbids");
        if (Until(after) is { } until && until != Until(before) && !EndsOf(by, after).Contains(until) && !IsCutShort(by, after, until))
            history.Violated($"{by.Id} lets {Told(after)} end at {until:O}, which no finding asks for");
        if (Until(before) > history.Clock.Now + by.ClockAhead && Until(after) is null
            && !IsCalledFor(by, after, settingsFrom: Since(by) - SetupLifetime, [Found.Never], checksTarget: false, checksFilter: false))
        {
            history.Violated($"{by.Id} took its end from {Told(after)}, whose owner does not ask for it: {Seen(by, after)}");
        }

        if (before.TargetId == after.TargetId)
            return;
        if (!IsCalledFor(by, after, settingsFrom: Since(by), [Found.Never, Found.Now], checksFilter: before.FilterId != after.FilterId))
            history.Violated($"{by.Id} sent {Told(before)} to {after.TargetId}, which nothing asked for: {Seen(by, after)}");
        // A session that leaves a dead target of its own sensor was sent elsewhere by nobody's decision.
        var sensor = after.Tags.GetValueOrDefault("automirror:sensor") ?? "default";
        if (!history.Chronicle.SettingsSince(Since(by) - SetupLifetime).Any(each => each.PoolOf(sensor).Contains(before.TargetId)))
            Counted(by);
    }

    private void Deleted(Handling by, TrafficMirrorSession session)
    {
        ChangesMade++;
        history.Note(() => $"{by.Id} has deleted {Told(session)}");
        Trail.Session(history.Cloud, "DeleteTrafficMirrorSession", session.Id, Trail.Function);
        CheckOwner(by, session);

        // Two with one number are one that is, and one that is listed still.
        var numbers = history.Chronicle.Since<TrafficMirrorSession>(session.Id, Since(by)).Append(session)
            .Select(version => version.SessionNumber).ToHashSet();
        var isDouble = VersionsOn(by, session.NetworkInterfaceId)
            .Any(version => version.Id != session.Id && Claims(version) && numbers.Any(number => number != version.SessionNumber));
        var settings = SettingsSince(by, Since(by)).FindAll(each => each.Setting.LetsDelete);
        if (settings.Count == 0)
            history.Violated($"{by.Id} deleted {session.Id}, which the setting forbids");
        var founds = history.Chronicle.Since<TrafficMirrorSession>(session.Id, Since(by)).Append(session)
            .Select(version => FoundBy(by, version)).Distinct()
            .ToList();
        var demands = history.FactsSince(session.NetworkInterfaceId, Since(by))
            .SelectMany(facts => settings.SelectMany(each => founds.Select(found => Oracle.Of(facts, each, found)))).ToList();
        if (demands.Exists(demand => demand is Demand.Remove { BySource: true }))
            return;
        if (!isDouble && !demands.Exists(demand => demand is Demand.Remove))
            history.Violated($"{by.Id} deleted {Told(session)}, for which there was no evidence: {Seen(by, session)}");
        Counted(by);
    }

    /// <summary>What a session's own tag says of findings, by the clock that the handler has.</summary>
    private Found FoundBy(Handling by, TrafficMirrorSession session) =>
        Until(session) is not { } until ? Found.Never : until > history.Clock.Now + by.ClockAhead ? Found.Now : Found.Before;

    /// <summary>When a session may end that a handler makes or changes: what findings
    /// of its instance, or another version of it, say.</summary>
    private IEnumerable<DateTimeOffset?> EndsOf(Handling by, TrafficMirrorSession session)
    {
        var rules = history.Chronicle.SettingsSince(Since(by) - SetupLifetime).Select(each => each.Setting.Findings).OfType<FindingRule>()
            .Distinct().ToList();
        var instances = history.FactsSince(session.NetworkInterfaceId, Since(by)).Select(facts => facts.Instance?.Id).Distinct().ToList();
        return history.Account.Findings.Where(finding => instances.Contains(finding.InstanceId))
            .SelectMany(finding => rules.Select(finding.Until));
    }

    /// <summary>Whether an end comes earlier because a rule lets nothing last longer from
    /// now: it may have been given more hours before.</summary>
    private bool IsCutShort(Handling by, TrafficMirrorSession session, DateTimeOffset until) =>
        VersionsOn(by, session.NetworkInterfaceId).Any(version => Claims(version) && Until(version) > until)
            && history.Chronicle.SettingsSince(Since(by) - SetupLifetime).Select(each => each.Setting.Findings).OfType<FindingRule>()
            .Select(rule => until - TimeSpan.FromHours(rule.Hours) - by.ClockAhead)
            .Any(from => from > by.StartedAt - TimeSpan.FromSeconds(1) && from <= history.Clock.Now);

    /// <summary>Every session that was ever on an interface, as a handler can have seen it.</summary>
    private IEnumerable<TrafficMirrorSession> VersionsOn(Handling by, string networkInterfaceId) =>
        history.Chronicle.Since<TrafficMirrorSession>($"sessions of {networkInterfaceId}", DateTimeOffset.MinValue)
            .SelectMany(session => history.Chronicle.Since<TrafficMirrorSession>(session.Id, Since(by)));

    /// <summary>A delete or move that a tag or the setting asked for: a plan does only so many.</summary>
    private void Counted(Handling by)
    {
        by.Counted++;
        var owned = _owned.Since(Since(by)).Max();
        var most = history.Chronicle.SettingsSince(Since(by) - SetupLifetime)
            .Max(each => (each.Setting.Limits ?? BlastRadius.Wide).Most(owned));
        if (by.Counted > most && !by.Payload.Contains("allowDeletes", StringComparison.Ordinal))
            history.Violated($"{by.Id} has deleted and moved {by.Counted} sessions, and the limits let through {most} of {owned}");
    }

    // Whose description and number were both changed by hand is not seen by a look at one instance; the next sweep ends the double.
    private static bool IsToBeFound(TrafficMirrorSession session) =>
        Claims(session) && session.Description?.StartsWith("automirror/automirror/", StringComparison.Ordinal) == true;

    private void CheckOwner(Handling by, TrafficMirrorSession session)
    {
        var all = history.Chronicle.SettingsSince(Since(by) - SetupLifetime).ToList();
        if (!history.Chronicle.Since<TrafficMirrorSession>(session.Id, Since(by)).Append(session)
            .Any(version => all.Exists(each => each.Owns(version))))
        {
            history.Violated($"{by.Id} touched the foreign session {Told(session)}");
        }
    }

    public static string Told(TrafficMirrorSession session) =>
        $"{session.Id} ({session.NetworkInterfaceId} → {session.TargetId} #{session.SessionNumber})";
}
