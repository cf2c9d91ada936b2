using AutoMirror.Emulator;
using AutoMirror.Emulator.Ec2.Mirroring;

namespace AutoMirror.Simulation.Worlds;

/// <summary>What people and other tools do to sessions: their own, and AutoMirror's.</summary>
internal sealed class SessionsByHand(Cloud cloud, Account account)
{
    private const string OwnerKey = "automirror:managed-by";

    private IEnumerable<TrafficMirrorSession> Owned =>
        cloud.Ec2.Sessions.Table.Current.Values.Where(session => session.Tags.GetValueOrDefault(OwnerKey) == "automirror");

    private IEnumerable<TrafficMirrorSession> Foreign =>
        cloud.Ec2.Sessions.Table.Current.Values.Where(session => session.Tags.GetValueOrDefault(OwnerKey) != "automirror");

    public string Make(Random random)
    {
        var attached = cloud.Ec2.NetworkInterfaces.Table.Current.Values.Where(each => each.Attachment is not null);
        if (Owners.Any(attached, random) is not { } networkInterface)
            return "no interface for it";
        var target = random.Next(4) == 0
            ? account.Setting.Sensors.Values.SelectMany(pool => pool).FirstOrDefault() ?? account.ForeignTarget
            : account.ForeignTarget;
        var owner = random.Next(3) == 0 ? new Dictionary<string, string> { [OwnerKey] = "another" } : null;
        var made = cloud.Ec2.Sessions.Create(new SessionRequest
        {
            NetworkInterfaceId =
                networkInterface.Id, TargetId = target, FilterId = account.ForeignFilter, SessionNumber = random.Next(1, 4), Tags = owner,
        });
        return $"{made.Id} on {networkInterface.Id} with number {made.SessionNumber} to {target}";
    }

    public string EndForeign(Random random)
    {
        if (Owners.Any(Foreign, random) is not { } session)
            return "none there";
        cloud.Ec2.Sessions.Delete(session.Id);
        Trail.Session(cloud, "DeleteTrafficMirrorSession", session.Id, Trail.Person);
        return session.Id;
    }

    public string Delete(Random random)
    {
        if (Owners.Any(Owned, random) is not { } session)
            return "none there";
        cloud.Ec2.Sessions.Delete(session.Id);
        Trail.Session(cloud, "DeleteTrafficMirrorSession", session.Id, Trail.Person);
        return $"{session.Id} on {session.NetworkInterfaceId}";
    }

    public string Modify(Random random)
    {
        if (Owners.Any(Owned, random) is not { } session)
            return "none there";
        var change = random.Next(5) switch
        {
            0 => new SessionRequest { SessionNumber = random.Next(1, 5) },
            1 => new SessionRequest { TargetId = account.ForeignTarget },
            2 => new SessionRequest { PacketLength = 96 },
            3 => new SessionRequest { Description = "mine now" },
            _ => new SessionRequest { FilterId = account.ForeignFilter },
        };
        cloud.Ec2.Sessions.Modify(session.Id, change);
        Trail.Session(cloud, "ModifyTrafficMirrorSession", session.Id, Trail.Person);
        return $"{session.Id} {change}";
    }

    public string Strip(Random random)
    {
        if (Owners.Any(Owned, random) is not { } session)
            return "none there";
        var key = random.Next(2) == 0 ? OwnerKey : "automirror:sensor";
        cloud.Ec2.Tags.Delete([session.Id], [(key, null)]);
        return $"{session.Id} loses {key}";
    }

    /// <summary>Somebody who may tag sessions writes an end that no finding asked for: long past, in years, or nonsense.</summary>
    public string ForgeEnd(Random random)
    {
        if (Owners.Any(Owned, random) is not { } session)
            return "none there";
        string[] ends = ["2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "2099-01-01T00:00:00Z capture", "never"];
        var end = ends[random.Next(ends.Length)];
        cloud.Ec2.Tags.Create([session.Id], new Dictionary<string, string> { ["automirror:until"] = end });
        return $"{session.Id} ends at {end}";
    }

    /// <summary>A session that claims to be AutoMirror's: with its tags, and perhaps on an interface that has one.</summary>
    public string Copy(Random random)
    {
        if (Owners.Any(Owned, random) is not { } session)
            return "none there";
        var made = cloud.Ec2.Sessions.Create(new SessionRequest
        {
            NetworkInterfaceId =
                session.NetworkInterfaceId, TargetId = session.TargetId, FilterId = session.FilterId, SessionNumber = session.SessionNumber
                + random.Next(1, 3),
            Description = session.Description, Tags = session.Tags,
        });
        return $"{made.Id} beside {session.Id} on {session.NetworkInterfaceId}";
    }
}
