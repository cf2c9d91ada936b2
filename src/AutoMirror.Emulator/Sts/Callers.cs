using System.Globalization;

namespace AutoMirror.Emulator.Sts;

/// <summary>The callers that access key ids stand for.</summary>
internal sealed class Callers(Cloud cloud)
{
    private readonly Dictionary<string, Caller> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _roleIds = new(StringComparer.Ordinal);
    private int _assumed;

    public Caller Of(string? accessKeyId)
    {
        using (cloud.Enter())
        {
            return accessKeyId is not null && _byKey.TryGetValue(accessKeyId, out var caller)
                ? caller
                : new(
                    accessKeyId ?? "anonymous", null, "emulator", "AIDAEMULATEDUSER00000",
                    $"arn:aws:iam::{cloud.Options.AccountId}:user/emulator");
        }
    }

    public Caller Assume(string role, string session, string? accessKeyId = null)
    {
        using (cloud.Enter())
        {
            var number = Digits(++_assumed, 12);
            if (!_roleIds.TryGetValue(role, out var roleId))
                _roleIds[role] = roleId = $"AROAEMUL{Digits(_roleIds.Count + 1, 13)}";
            var caller = new Caller(
                accessKeyId ?? $"ASIAEMUL{number}", role, session, roleId,
                $"arn:aws:sts::{cloud.Options.AccountId}:assumed-role/{role}/{session}");
            return _byKey[caller.AccessKeyId] = caller;
        }
    }

    private static string Digits(int number, int count) => number.ToString($"D{count}", CultureInfo.InvariantCulture);
}
