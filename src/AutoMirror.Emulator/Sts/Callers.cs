using System.Globalization;

namespace AutoMirror.Emulator.Sts;

/// <summary>Who a request comes from: a role session where the key id was given out by AssumeRole, otherwise a user.</summary>
internal sealed record Caller(string AccessKeyId, string? Role, string Session, string PrincipalId, string Arn)
{
    public string UserId => Role is null ? PrincipalId : $"{PrincipalId}:{Session}";
}

/// <summary>Access key ids and what they stand for.</summary>
internal sealed class Callers(Cloud cloud)
{
    private readonly Dictionary<string, Caller> byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> roleIds = new(StringComparer.Ordinal);
    private int assumed;

    public Caller Of(string? accessKeyId)
    {
        using (cloud.Enter())
            return accessKeyId is not null && byKey.TryGetValue(accessKeyId, out var caller)
                ? caller
                : new(accessKeyId ?? "anonymous", null, "emulator", "AIDAEMULATEDUSER00000",
                    $"arn:aws:iam::{cloud.Options.AccountId}:user/emulator");
    }

    public Caller Assume(string role, string session, string? accessKeyId = null)
    {
        using (cloud.Enter())
        {
            var number = (++assumed).ToString("D12", CultureInfo.InvariantCulture);
            if (!roleIds.TryGetValue(role, out var roleId))
                roleIds[role] = roleId = $"AROAEMUL{(roleIds.Count + 1).ToString("D13", CultureInfo.InvariantCulture)}";
            var caller = new Caller(
                accessKeyId ?? $"ASIAEMUL{number}", role, session, roleId,
                    $"arn:aws:sts::{cloud.Options.AccountId}:assumed-role/{role}/{session}");
            return byKey[caller.AccessKeyId] = caller;
        }
    }
}
