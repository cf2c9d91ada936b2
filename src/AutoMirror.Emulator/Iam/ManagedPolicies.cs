using AutoMirror.Emulator.Iam.Policies;

namespace AutoMirror.Emulator.Iam;

/// <summary>Managed policies: those that the account made, and the few of AWS that the emulator knows.</summary>
public sealed class ManagedPolicies
{
    private const int MostVersions = 5;

    /// <summary>Characters of a managed policy, without white space.</summary>
    private const int Largest = 6144;

    private readonly Cloud _cloud;
    private readonly SortedDictionary<string, ManagedPolicy> _policies = new(StringComparer.Ordinal);

    internal ManagedPolicies(Cloud cloud)
    {
        _cloud = cloud;
        foreach (var policy in AwsManagedPolicies.All)
            _policies[policy.Arn] = policy;
    }

    /// <summary>All policies in the order of their ARNs.</summary>
    public IReadOnlyList<ManagedPolicy> All => _cloud.InTurn(() => _policies.Values.ToList());

    /// <summary>A policy by ARN; NoSuchEntity when there is none.</summary>
    public ManagedPolicy Get(string arn) => Find(arn) ?? throw IamErrors.PolicyNotFound(arn);

    public ManagedPolicy? Find(string arn) => _cloud.InTurn(() => _policies.GetValueOrDefault(arn));

    /// <summary>Creates a policy, whose first version is <c>v1</c>.</summary>
    public ManagedPolicy Create(string name, string document, string path = "/")
    {
        using (_cloud.Enter())
        {
            var arn = $"arn:aws:iam::{_cloud.Options.AccountId}:policy{path}{name}";
            if (_policies.Values.Any(policy => IsOurs(policy.Arn) && string.Equals(policy.Name, name, StringComparison.OrdinalIgnoreCase)))
                throw IamErrors.PolicyExists(name);
            Check(document);
            return _policies[arn] = new()
            {
                Name = name, Path = path, Arn = arn, Id = _cloud.Seeded.UniqueId("ANPA"), Created = _cloud.Now, Updated = _cloud.Now,
                Versions = [new("v1", document, _cloud.Now)], DefaultVersionId = "v1",
            };
        }
    }

    /// <summary>Deletes a policy that is attached nowhere and has one version.</summary>
    public void Delete(string arn)
    {
        using (_cloud.Enter())
        {
            var policy = Get(arn);
            if (AttachmentsOf(arn) + BoundariesOf(arn) > 0)
                throw IamErrors.PolicyAttached();
            if (policy.Versions.Count > 1)
                throw IamErrors.VersionsFirst();
            _policies.Remove(arn);
        }
    }

    /// <summary>Adds a version, which becomes the default when asked for.</summary>
    public PolicyVersion AddVersion(string arn, string document, bool setAsDefault)
    {
        using (_cloud.Enter())
        {
            var policy = Get(arn);
            Check(document);
            if (policy.Versions.Count == MostVersions)
                throw IamErrors.TooManyVersions();
            var version = new PolicyVersion($"v{policy.NextVersion}", document, _cloud.Now);
            _policies[arn] = policy with
            {
                Versions = policy.Versions.Add(version),
                NextVersion = policy.NextVersion + 1,
                Updated = _cloud.Now,
                DefaultVersionId = setAsDefault ? version.Id : policy.DefaultVersionId,
            };
            return version;
        }
    }

    /// <summary>Deletes a version that is not the default.</summary>
    public void DeleteVersion(string arn, string versionId)
    {
        using (_cloud.Enter())
        {
            var version = VersionOf(arn, versionId);
            if (Get(arn).DefaultVersionId == versionId)
                throw IamErrors.DefaultVersion();
            Change(arn, policy => policy with { Versions = policy.Versions.Remove(version) });
        }
    }

    internal PolicyVersion VersionOf(string arn, string versionId) =>
        Get(arn).Versions.Find(version => version.Id == versionId) ?? throw IamErrors.VersionNotFound(arn, versionId);

    internal ManagedPolicy Change(string arn, Func<ManagedPolicy, ManagedPolicy> change)
    {
        using (_cloud.Enter())
            return _policies[arn] = change(Get(arn));
    }

    internal int AttachmentsOf(string arn) => _cloud.Iam.Roles.All.Count(role => role.AttachedPolicies.Contains(arn));

    internal int BoundariesOf(string arn) => _cloud.Iam.Roles.All.Count(role => role.PermissionsBoundary == arn);

    /// <summary>Whether a policy is the account's own rather than AWS's.</summary>
    internal static bool IsOurs(string arn) => !arn.StartsWith("arn:aws:iam::aws:", StringComparison.Ordinal);

    private static void Check(string document)
    {
        PolicyReader.CheckIdentityPolicy(document);
        if (document.Count(character => !char.IsWhiteSpace(character)) > Largest)
            throw IamErrors.QuotaExceeded("PolicySize", Largest);
    }
}
