namespace AutoMirror.Emulator.Sts;

/// <summary>Who a request comes from: a role session where the key id was given out by AssumeRole, otherwise a user.</summary>
internal sealed record Caller(string AccessKeyId, string? Role, string Session, string PrincipalId, string Arn)
{
    public string UserId => Role is null ? PrincipalId : $"{PrincipalId}:{Session}";
}
