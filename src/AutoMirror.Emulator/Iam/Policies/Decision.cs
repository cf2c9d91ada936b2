namespace AutoMirror.Emulator.Iam.Policies;

/// <summary>What the policies say to a request. The statement is the one that allows or denies it; null where none does.</summary>
/// <param name="IsAllowed">Whether the request may go on.</param>
/// <param name="Statement">The statement that decided.</param>
/// <param name="Reason">For a refusal, the end of the sentence in AWS's errors: "because no identity-based policy allows …".</param>
internal sealed record Decision(bool IsAllowed, PolicyStatement? Statement, string Reason)
{
    public static Decision Allowed(PolicyStatement? statement) => new(true, statement, "");

    public static Decision NotAllowed(string kindOfPolicy, string action) =>
        new(false, null, $"because no {kindOfPolicy} allows the {action} action");

    public static Decision Denied(PolicyStatement statement, string kindOfPolicy) =>
        new(false, statement, $"with an explicit deny in {Article(kindOfPolicy)} {kindOfPolicy}");

    private static string Article(string noun) => "aeiou".Contains(noun[0], StringComparison.Ordinal) ? "an" : "a";
}
