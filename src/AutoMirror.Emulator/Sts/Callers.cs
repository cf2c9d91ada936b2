using System.Globalization;
using AutoMirror.Emulator.Iam;

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

    /// <summary>Begins a session of a role, whether IAM holds it or not.</summary>
    public Caller Assume(string role, string session, string? accessKeyId = null)
    {
        using (cloud.Enter())
        {
            var caller = Session(role, session, accessKeyId ?? $"ASIAEMUL{Digits(++_assumed, 12)}");
            return _byKey[caller.AccessKeyId] = caller;
        }
    }

    /// <summary>Begins a session with an end, and with what AssumeRole was given for it.</summary>
    public Caller Assume(string role, string session, TimeSpan duration, Func<Caller, Caller>? narrowed = null)
    {
        using (cloud.Enter())
        {
            var caller = Assume(role, session) with { Expires = cloud.Now + duration };
            return _byKey[caller.AccessKeyId] = narrowed?.Invoke(caller) ?? caller;
        }
    }

    /// <summary>Who a service is when it acts in a role's name, for which no keys are given out.</summary>
    public Caller SessionOf(Role role, string session) => Session(role.Name, session, "");

    private Caller Session(string role, string session, string accessKeyId)
    {
        if (!_roleIds.TryGetValue(role, out var made))
            made = _roleIds[role] = $"AROAEMUL{Digits(_roleIds.Count + 1, 13)}";
        return new(
            accessKeyId, role, session, cloud.Iam.Roles.Find(role)?.Id ?? made,
            $"arn:aws:sts::{cloud.Options.AccountId}:assumed-role/{role}/{session}");
    }

    private static string Digits(int number, int count) => number.ToString($"D{count}", CultureInfo.InvariantCulture);
}
