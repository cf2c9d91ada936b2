namespace AutoMirror.Emulator.Faults;

/// <summary>How full the buckets are: full at first, refilled by the clock, emptied by requests.</summary>
internal sealed class TokenBuckets(Throttling sizes)
{
    private static readonly string[] UnfilteredActions = ["DescribeInstances", "DescribeInstanceStatus", "DescribeNetworkInterfaces",
        "DescribeSecurityGroups"];

    private readonly Dictionary<string, (double Tokens, DateTimeOffset At)> _levels = new(StringComparer.Ordinal);

    public bool TryTake(string service, string action, bool unfiltered, int resources, DateTimeOffset now)
    {
        if (service == "ssm")
        {
            return action.StartsWith("Get", StringComparison.Ordinal) ? TryTake("ssm:reads", sizes.ParameterReads, 1, now)
                : TryTake($"ssm:{action}", sizes.ParameterWrites, 1, now);
        }

        if (service != "ec2")
            return true;
        if (!TryTake(action + (IsUnfiltered(action, unfiltered) ? " unfiltered" : ""), SizeOf(action, unfiltered), 1, now))
            return false;
        return !sizes.Resources.TryGetValue(action, out var perResource) || TryTake($"{action} resources", perResource, resources, now);
    }

    private Bucket SizeOf(string action, bool unfiltered) => sizes.Actions.TryGetValue(action, out var own) ? own
        : IsUnfiltered(action, unfiltered) ? sizes.Unfiltered
        : action.StartsWith("Describe", StringComparison.Ordinal) || action.StartsWith("Get", StringComparison.Ordinal) ? sizes.NonMutating
        : sizes.Mutating;

    private static bool IsUnfiltered(string action, bool unfiltered) => unfiltered && UnfilteredActions.Contains(action);

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
