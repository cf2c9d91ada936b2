namespace AutoMirror.Emulator.Faults;

/// <summary>How full the buckets are: full at first, refilled by the clock, emptied by requests.</summary>
internal sealed class TokenBuckets(Throttling sizes)
{
    private static readonly string[] UnfilteredActions =
        ["DescribeInstances", "DescribeInstanceStatus", "DescribeNetworkInterfaces", "DescribeSecurityGroups"];

    private readonly Dictionary<string, (double Tokens, DateTimeOffset At)> _levels = new(StringComparer.Ordinal);

    public bool TryTake(string service, string action, bool unfiltered, int resources, DateTimeOffset now) => service switch
    {
        "ec2" => TryTakeEc2(action, unfiltered && UnfilteredActions.Contains(action), resources, now),
        "ssm" when action.StartsWith("Get", StringComparison.Ordinal) => TryTake("ssm:reads", sizes.ParameterReads, 1, now),
        "ssm" => TryTake($"ssm:{action}", sizes.ParameterWrites, 1, now),
        _ => true,
    };

    private bool TryTakeEc2(string action, bool unfiltered, int resources, DateTimeOffset now)
    {
        if (!TryTake(action + (unfiltered ? " unfiltered" : ""), SizeOf(action, unfiltered), 1, now))
            return false;
        return !sizes.Resources.TryGetValue(action, out var perResource) || TryTake($"{action} resources", perResource, resources, now);
    }

    private Bucket SizeOf(string action, bool unfiltered)
    {
        if (sizes.Actions.TryGetValue(action, out var own))
            return own;
        var isRead = action.StartsWith("Describe", StringComparison.Ordinal) || action.StartsWith("Get", StringComparison.Ordinal);
        return unfiltered ? sizes.Unfiltered : isRead ? sizes.NonMutating : sizes.Mutating;
    }

    private bool TryTake(string name, Bucket size, int tokens, DateTimeOffset now)
    {
        var level = _levels.TryGetValue(name, out var before)
            ? Math.Min(size.Capacity, before.Tokens + ((now - before.At).TotalSeconds * size.RefillPerSecond))
            : size.Capacity;
        var enough = level >= tokens;
        _levels[name] = (enough ? level - tokens : level, now);
        return enough;
    }
}
