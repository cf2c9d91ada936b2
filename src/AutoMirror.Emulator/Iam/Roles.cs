using AutoMirror.Emulator.Iam.Policies;

namespace AutoMirror.Emulator.Iam;

/// <summary>Roles by name. Names are unique whatever their case ("IAM and AWS STS quotas").</summary>
public sealed class Roles
{
    private const int MostAttached = 10;
    private const int LargestTrustPolicy = 2048;

    /// <summary>Bytes of all inline policies of a role together, without white space.</summary>
    private const int LargestInline = 10_240;

    private readonly Cloud _cloud;
    private readonly ManagedPolicies _policies;
    private readonly SortedDictionary<string, Role> _roles = new(StringComparer.OrdinalIgnoreCase);

    internal Roles(Cloud cloud, ManagedPolicies policies)
    {
        _cloud = cloud;
        _policies = policies;
    }

    /// <summary>All roles in the order of their names.</summary>
    public IReadOnlyList<Role> All => _cloud.InTurn(() => _roles.Values.ToList());

    /// <summary>A role by name; NoSuchEntity when there is none.</summary>
    public Role Get(string name) => Find(name) ?? throw IamErrors.RoleNotFound(name);

    public Role? Find(string name) => _cloud.InTurn(() => _roles.GetValueOrDefault(name));

    /// <summary>A role by its ARN, or null.</summary>
    public Role? FindByArn(string arn) => Find(arn[(arn.LastIndexOf('/') + 1)..]) is { } role && role.Arn == arn ? role : null;

    /// <summary>Creates a role that this trust policy lets others assume.</summary>
    public Role Create(string name, string trustPolicy, string path = "/")
    {
        using (_cloud.Enter())
        {
            if (_roles.ContainsKey(name))
                throw IamErrors.RoleExists(name);
            CheckTrust(trustPolicy);
            return _roles[name] = new()
            {
                Name = name, Path = path, Id = _cloud.Seeded.UniqueId("AROA"),
                Arn = $"arn:aws:iam::{_cloud.Options.AccountId}:role{path}{name}", TrustPolicy = trustPolicy, Created = _cloud.Now,
            };
        }
    }

    /// <summary>Deletes a role that has no policies any more.</summary>
    public void Delete(string name)
    {
        using (_cloud.Enter())
        {
            var role = Get(name);
            if (role.AttachedPolicies.Count > 0)
                throw IamErrors.DetachFirst();
            if (role.InlinePolicies.Count > 0)
                throw IamErrors.InlinePoliciesFirst();
            _roles.Remove(name);
        }
    }

    /// <summary>Replaces the trust policy, which counts from the next AssumeRole on.</summary>
    public void UpdateTrust(string name, string trustPolicy)
    {
        using (_cloud.Enter())
        {
            CheckTrust(trustPolicy);
            Change(name, role => role with { TrustPolicy = trustPolicy });
        }
    }

    /// <summary>Adds or replaces an inline policy.</summary>
    public void PutPolicy(string name, string policyName, string document)
    {
        using (_cloud.Enter())
        {
            PolicyReader.CheckIdentityPolicy(document);
            var policies = Get(name).InlinePolicies.SetItem(policyName, document);
            if (policies.Values.Sum(SizeOf) > LargestInline)
                throw IamErrors.RolePoliciesTooLarge(LargestInline, name);
            Change(name, role => role with { InlinePolicies = policies });
        }
    }

    /// <summary>Deletes an inline policy; NoSuchEntity when the role has none of that name.</summary>
    public void DeletePolicy(string name, string policyName)
    {
        using (_cloud.Enter())
        {
            if (!Get(name).InlinePolicies.ContainsKey(policyName))
                throw IamErrors.RolePolicyNotFound(policyName);
            Change(name, role => role with { InlinePolicies = role.InlinePolicies.Remove(policyName) });
        }
    }

    /// <summary>Attaches a managed policy; one that is attached already stays.</summary>
    public void Attach(string name, string policyArn)
    {
        using (_cloud.Enter())
        {
            if (_policies.Find(policyArn) is null)
                throw IamErrors.NotAttachable(policyArn);
            var attached = Get(name).AttachedPolicies.Add(policyArn);
            if (attached.Count > MostAttached)
                throw IamErrors.QuotaExceeded("PoliciesPerRole", MostAttached);
            Change(name, role => role with { AttachedPolicies = attached });
        }
    }

    /// <summary>Detaches a managed policy; NoSuchEntity when it is not attached.</summary>
    public void Detach(string name, string policyArn)
    {
        using (_cloud.Enter())
        {
            if (!Get(name).AttachedPolicies.Contains(policyArn))
                throw IamErrors.PolicyNotFound(policyArn);
            Change(name, role => role with { AttachedPolicies = role.AttachedPolicies.Remove(policyArn) });
        }
    }

    /// <summary>Sets the most that the role may do, by the ARN of a managed policy; null takes the boundary away.</summary>
    public void SetBoundary(string name, string? policyArn) => Change(
        name, role => role with { PermissionsBoundary = policyArn is null ? null : CheckBoundary(policyArn) });

    internal Role Change(string name, Func<Role, Role> change)
    {
        using (_cloud.Enter())
            return _roles[name] = change(Get(name));
    }

    /// <summary>The boundary's ARN, when there is such a policy.</summary>
    internal string CheckBoundary(string policyArn) =>
        _policies.Find(policyArn) is null
            ? throw IamErrors.InvalidInput($"Scope ARN: {policyArn} does not exist or is not attachable.")
            : policyArn;

    private static void CheckTrust(string trustPolicy)
    {
        PolicyReader.CheckTrustPolicy(trustPolicy);
        if (SizeOf(trustPolicy) > LargestTrustPolicy)
            throw IamErrors.QuotaExceeded("ACLSizePerRole", LargestTrustPolicy);
    }

    /// <summary>"IAM doesn't count white space when calculating the size of a policy."</summary>
    private static int SizeOf(string document) => document.Count(character => !char.IsWhiteSpace(character));
}
