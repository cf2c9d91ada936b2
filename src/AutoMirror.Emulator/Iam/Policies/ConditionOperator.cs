using System.Globalization;
using System.Net;

namespace AutoMirror.Emulator.Iam.Policies;

/// <summary>A condition operator by its name ("IAM JSON policy elements: Condition operators").</summary>
internal sealed class ConditionOperator
{
    private delegate bool Comparison(string actual, string wanted);

    private static readonly Dictionary<string, ConditionOperator> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["StringEquals"] = Exact(string.Equals),
        ["StringNotEquals"] = Not(Exact(string.Equals)),
        ["StringEqualsIgnoreCase"] = Exact(EqualsIgnoreCase),
        ["StringNotEqualsIgnoreCase"] = Not(Exact(EqualsIgnoreCase)),
        ["StringLike"] = Pattern((actual, wanted) => Glob.MatchesEscaped(wanted, actual)),
        ["StringNotLike"] = Not(Pattern((actual, wanted) => Glob.MatchesEscaped(wanted, actual))),
        ["NumericEquals"] = Number((actual, wanted) => actual == wanted),
        ["NumericNotEquals"] = Not(Number((actual, wanted) => actual == wanted)),
        ["NumericLessThan"] = Number((actual, wanted) => actual < wanted),
        ["NumericLessThanEquals"] = Number((actual, wanted) => actual <= wanted),
        ["NumericGreaterThan"] = Number((actual, wanted) => actual > wanted),
        ["NumericGreaterThanEquals"] = Number((actual, wanted) => actual >= wanted),
        ["DateEquals"] = Date((actual, wanted) => actual == wanted),
        ["DateNotEquals"] = Not(Date((actual, wanted) => actual == wanted)),
        ["DateLessThan"] = Date((actual, wanted) => actual < wanted),
        ["DateLessThanEquals"] = Date((actual, wanted) => actual <= wanted),
        ["DateGreaterThan"] = Date((actual, wanted) => actual > wanted),
        ["DateGreaterThanEquals"] = Date((actual, wanted) => actual >= wanted),
        ["Bool"] = Exact(EqualsIgnoreCase),
        ["BinaryEquals"] = Exact(string.Equals),
        ["IpAddress"] = Exact(IsInRange),
        ["NotIpAddress"] = Not(Exact(IsInRange)),
        // "The ArnEquals and ArnLike condition operators behave identically."
        ["ArnEquals"] = Pattern((actual, wanted) => ArnPattern.Matches(wanted, actual)),
        ["ArnLike"] = Pattern((actual, wanted) => ArnPattern.Matches(wanted, actual)),
        ["ArnNotEquals"] = Not(Pattern((actual, wanted) => ArnPattern.Matches(wanted, actual))),
        ["ArnNotLike"] = Not(Pattern((actual, wanted) => ArnPattern.Matches(wanted, actual))),
        ["Null"] = new((_, _) => false) { IsNull = true },
    };

    private readonly Comparison _matches;

    private ConditionOperator(Comparison matches) => _matches = matches;

    /// <summary>Whether it asks if the key is there at all.</summary>
    public bool IsNull { get; private init; }

    /// <summary>Whether it holds when none of the policy's values fits, and when the key is absent.</summary>
    public bool IsNegated { get; private init; }

    private bool TakesPattern { get; init; }

    /// <summary>The operator of a name; null for one that IAM does not know.</summary>
    public static ConditionOperator? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Whether a value of the request fits a value of the policy, before a negation.</summary>
    public bool Matches(string actual, string wanted, RequestContext context, bool hasVariables)
    {
        if (!hasVariables)
            return _matches(actual, TakesPattern ? PolicyVariables.Escape(wanted) : wanted);
        return TakesPattern
            ? _matches(actual, PolicyVariables.ToPattern(wanted, context))
            : PolicyVariables.ToText(wanted, context) is { } text && _matches(actual, text);
    }

    private static ConditionOperator Exact(Comparison matches) => new(matches);

    private static ConditionOperator Pattern(Comparison matches) => new(matches) { TakesPattern = true };

    private static ConditionOperator Not(ConditionOperator other) =>
        new(other._matches) { IsNegated = true, TakesPattern = other.TakesPattern };

    private static ConditionOperator Number(Func<decimal, decimal, bool> compare) => new((actual, wanted) =>
        decimal.TryParse(actual, NumberStyles.Float, CultureInfo.InvariantCulture, out var left)
            && decimal.TryParse(wanted, NumberStyles.Float, CultureInfo.InvariantCulture, out var right) && compare(left, right));

    private static ConditionOperator Date(Func<DateTimeOffset, DateTimeOffset, bool> compare) => new((actual, wanted) =>
        ReadDate(actual) is { } left && ReadDate(wanted) is { } right && compare(left, right));

    /// <summary>"One of the W3C implementations of the ISO 8601 date formats or in epoch (UNIX) time."</summary>
    private static DateTimeOffset? ReadDate(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }

    private static bool EqualsIgnoreCase(string actual, string wanted) =>
        string.Equals(actual, wanted, StringComparison.OrdinalIgnoreCase);

    private static bool IsInRange(string actual, string wanted)
    {
        if (!IPAddress.TryParse(actual, out var address))
            return false;
        return IPNetwork.TryParse(wanted, out var range) ? range.Contains(address)
            : IPAddress.TryParse(wanted, out var single) && single.Equals(address);
    }
}
