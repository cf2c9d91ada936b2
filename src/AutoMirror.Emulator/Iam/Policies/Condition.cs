namespace AutoMirror.Emulator.Iam.Policies;

/// <summary>One line of a Condition block: an operator, a key, and values of which one has to fit ("IAM JSON policy elements:
/// Condition").</summary>
/// <param name="Operator">The operator without <c>ForAllValues:</c>, <c>ForAnyValue:</c> and <c>IfExists</c>.</param>
/// <param name="Set">How several values of the key are taken.</param>
/// <param name="IfExists">Whether the condition holds when the key is absent.</param>
/// <param name="Key">The condition key.</param>
/// <param name="Values">The values of the policy.</param>
internal sealed record Condition(
    ConditionOperator Operator, ConditionSet Set, bool IfExists, string Key, IReadOnlyList<string> Values)
{
    public bool Holds(RequestContext context, bool hasVariables)
    {
        var actual = context[Key];
        if (Operator.IsNull)
            return Values.Any(value => bool.TryParse(value, out var absent) && absent == actual is null);
        if (actual is null)
            return IfExists || (Set == ConditionSet.None ? Operator.IsNegated : Set == ConditionSet.ForAllValues);
        return Set switch
        {
            ConditionSet.ForAllValues => actual.All(Fits),
            ConditionSet.ForAnyValue => actual.Any(Fits),
            // A key with several values under an operator for one is not documented. A negated operator then has to hold for each.
            _ => Operator.IsNegated ? actual.All(Fits) : actual.Any(Fits),
        };

        bool Fits(string value) => Values.Any(wanted => Operator.Matches(value, wanted, context, hasVariables)) != Operator.IsNegated;
    }
}
