namespace AutoMirror.Emulator.Protocol;

/// <summary>A request of which it is known what it asks of which service, with the work that answers it.</summary>
internal sealed record ServiceCall(
    string Service, string Action, string RequestId, string? AccessKeyId, IReadOnlyDictionary<string, string> Parameters,
    Func<WireReply> Work, Func<AwsException, WireReply> Fail)
{
    /// <summary>The call as IAM names it, for example <c>ec2:CreateTags</c>.</summary>
    public string Name => $"{Service}:{Action}";

    public bool IsEc2 => Service == "ec2";

    /// <summary>Whether a describe asks for everything at once, for which some have smaller buckets.</summary>
    public bool IsUnfiltered =>
        !Parameters.Keys.Any(name => name is "MaxResults" or "NextToken" || name.StartsWith("Filter.", StringComparison.Ordinal));

    /// <summary>How many resources the call touches, for the buckets that count them.</summary>
    public int Resources => Parameters.TryGetValue("MaxCount", out var count) && int.TryParse(count, out var instances)
        ? instances
        : Math.Max(1, Parameters.Keys.Count(name => name.StartsWith("InstanceId.", StringComparison.Ordinal)));
}
