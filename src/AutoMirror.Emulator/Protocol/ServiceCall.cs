namespace AutoMirror.Emulator.Protocol;

/// <summary>A request once it is known what it asks of which service.</summary>
internal sealed record ServiceCall(
    string Service, string Action, string RequestId, string? AccessKeyId, IReadOnlyDictionary<string, string> Parameters,
        Func<WireReply> Work, Func<AwsException, WireReply> Fail);
