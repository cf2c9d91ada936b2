namespace AutoMirror.Emulator.Iam.Policies;

/// <summary>The principals that a resource's policy names, by their kind: AWS, Service, Federated; everyone for <c>"*"</c>.</summary>
internal sealed record PolicyPrincipals(bool Everyone, IReadOnlyDictionary<string, IReadOnlyList<string>> ByKind)
{
    /// <summary>Whether a service is named.</summary>
    public bool HasService(string service) => Everyone || Named("Service").Contains(service, StringComparer.Ordinal);

    /// <summary>Whether somebody of an account is named by one of their own ARNs, or everyone is.</summary>
    public bool HasOneOf(IReadOnlyList<string> arns) =>
        Everyone || Named("AWS").Any(name => name == "*" || arns.Contains(name, StringComparer.Ordinal));

    /// <summary>Whether an account is named, which leaves it to the account's policies who in it may do this.</summary>
    public bool HasAccount(string account) =>
        Named("AWS").Any(name => name == account || name == $"arn:aws:iam::{account}:root");

    private IReadOnlyList<string> Named(string kind) => ByKind.GetValueOrDefault(kind, []);
}
