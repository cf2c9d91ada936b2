namespace AutoMirror.Emulator.Iam;

/// <summary>
/// AWS's own managed policies, of which the emulator has those that functions and their deployers use most ("AWS managed policy
/// reference"). Every other one does not exist here.
/// </summary>
internal static class AwsManagedPolicies
{
    private static readonly DateTimeOffset Since = new(2015, 2, 6, 18, 39, 46, TimeSpan.Zero);

    public static IReadOnlyList<ManagedPolicy> All { get; } =
    [
        Policy("AdministratorAccess", "/", """{"Effect":"Allow","Action":"*","Resource":"*"}"""),
        Policy("PowerUserAccess", "/", """
            {"Effect":"Allow","NotAction":["iam:*","organizations:*","account:*"],"Resource":"*"}
            """),
        Policy("AWSLambdaBasicExecutionRole", "/service-role/", """
            {"Effect":"Allow","Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}
            """),
        Policy("AWSLambdaSQSQueueExecutionRole", "/service-role/", """
            {"Effect":"Allow","Action":["sqs:ReceiveMessage","sqs:DeleteMessage","sqs:GetQueueAttributes","logs:CreateLogGroup",
            "logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}
            """),
        Policy("AWSLambdaVPCAccessExecutionRole", "/service-role/", """
            {"Effect":"Allow","Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents","ec2:CreateNetworkInterface",
            "ec2:DescribeNetworkInterfaces","ec2:DescribeSubnets","ec2:DeleteNetworkInterface","ec2:AssignPrivateIpAddresses",
            "ec2:UnassignPrivateIpAddresses"],"Resource":"*"}
            """),
        Policy("AWSXRayDaemonWriteAccess", "/", """
            {"Effect":"Allow","Action":["xray:PutTraceSegments","xray:PutTelemetryRecords","xray:GetSamplingRules",
            "xray:GetSamplingTargets","xray:GetSamplingStatisticSummaries"],"Resource":["*"]}
            """),
    ];

    private static ManagedPolicy Policy(string name, string path, string statement) => new()
    {
        Name = name, Path = path, Arn = $"arn:aws:iam::aws:policy{path}{name}", Created = Since, Updated = Since,
        Id = $"ANPA{string.Concat(name.ToUpperInvariant().Where(char.IsAsciiLetter)).PadRight(17, 'X')[..17]}",
        Versions = [new("v1", $$"""{"Version":"2012-10-17","Statement":[{{statement.Trim()}}]}""", Since)], DefaultVersionId = "v1",
    };
}
