namespace AutoMirror.Core.Ports;

/// <summary>The names of the API actions that reports, problems and counts speak of.</summary>
internal static class Actions
{
    public const string DescribeInstances = "DescribeInstances";
    public const string DescribeInterfaces = "DescribeNetworkInterfaces";
    public const string DescribeSessions = "DescribeTrafficMirrorSessions";
    public const string DescribeTargets = "DescribeTrafficMirrorTargets";
    public const string DescribeFilters = "DescribeTrafficMirrorFilters";
    public const string DescribeSubnets = "DescribeSubnets";
    public const string DescribeVpcs = "DescribeVpcs";
    public const string DescribeEndpoints = "DescribeVpcEndpoints";
    public const string CreateSession = "CreateTrafficMirrorSession";
    public const string ModifySession = "ModifyTrafficMirrorSession";
    public const string DeleteSession = "DeleteTrafficMirrorSession";
    public const string CreateTags = "CreateTags";
    public const string DeleteTags = "DeleteTags";
    public const string GetParametersByPath = "GetParametersByPath";
    public const string SendMessage = "SendMessage";
}
