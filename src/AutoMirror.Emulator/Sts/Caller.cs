namespace AutoMirror.Emulator.Sts;

/// <summary>Who a request comes from: a session of a role when AssumeRole gave out its access key id, otherwise a user.</summary>
internal sealed record Caller(string AccessKeyId, string? Role, string Session, string PrincipalId, string Arn)
{
    public string UserId => Role is null ? PrincipalId : $"{PrincipalId}:{Session}";
}
