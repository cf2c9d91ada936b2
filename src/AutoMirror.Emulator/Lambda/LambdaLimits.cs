using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Lambda;

/// <summary>The limits that Lambda's service model sets for the members of its requests.</summary>
internal static class LambdaLimits
{
    private const string NamePattern =
        @"(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?";

    private static readonly Limit FunctionName = Limit.Needed("FunctionName", 1, 256) with { Pattern = NamePattern };
    private static readonly Limit StatementId = Limit.Needed("StatementId", 1, 100) with { Pattern = "([a-zA-Z0-9-_]+)" };

    private static readonly Limit[] Settings =
    [
        Limit.Of("Description", 0, 256), Limit.Of("Timeout", 1, long.MaxValue), Limit.Of("MemorySize", 128, 32_768),
        Limit.Of("Handler", 0, 128) with { Pattern = @"[^\s]+" },
        Limit.Of("Role", 0, long.MaxValue) with { Pattern = @"arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+" },
        Limit.OneOf("TracingConfig.Mode", "Active", "PassThrough"), Limit.Of("EphemeralStorage.Size", 512, 10_240),
        Limit.OneOf("LoggingConfig.LogFormat", "JSON", "Text"), Limit.OneOf("Architectures[]", "x86_64", "arm64"),
        Limit.OneOf("LoggingConfig.ApplicationLogLevel", "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"),
        Limit.OneOf("LoggingConfig.SystemLogLevel", "DEBUG", "INFO", "WARN"),
        Limit.Of("LoggingConfig.LogGroup", 1, 512) with { Pattern = @"[\.\-_/#A-Za-z0-9]+" },
        Limit.OneOf("Runtime", Runtimes.Known),
    ];

    private static readonly Limit[] Mapping =
    [
        Limit.Of("BatchSize", 1, 10_000), Limit.Of("MaximumBatchingWindowInSeconds", 0, 300),
        Limit.Of("ScalingConfig.MaximumConcurrency", 2, 1000), Limit.OneOf("FunctionResponseTypes[]", "ReportBatchItemFailures"),
    ];

    public static IEnumerable<Limit> Of(string action) => action switch
    {
        "CreateFunction" => [FunctionName with { Most = 140 }, Limit.Needed("Role"), Limit.Needed("Code"), .. Settings],
        "UpdateFunctionConfiguration" => [FunctionName, .. Settings],
        "ListFunctions" => [Limit.Of("MaxItems", 1, 10_000)],
        "AddPermission" =>
        [
            FunctionName, StatementId, Limit.Needed("Action") with { Pattern = @"(lambda:[*]|lambda:[a-zA-Z]+|[*])" },
            Limit.Needed("Principal") with { Pattern = @"[^\s]+" },
            Limit.Of("SourceAccount", 0, 12) with { Pattern = @"\d{12}" },
        ],
        "RemovePermission" => [FunctionName, StatementId],
        "PutFunctionConcurrency" => [FunctionName, Limit.Needed("ReservedConcurrentExecutions", 0)],
        "PutFunctionEventInvokeConfig" or "UpdateFunctionEventInvokeConfig" =>
            [FunctionName, Limit.Of("MaximumRetryAttempts", 0, 2), Limit.Of("MaximumEventAgeInSeconds", 60, 21_600)],
        "PutFunctionRecursionConfig" => [FunctionName, Limit.Needed("RecursiveLoop"), Limit.OneOf("RecursiveLoop", "Allow", "Terminate")],
        "CreateEventSourceMapping" => [FunctionName, .. Mapping],
        "UpdateEventSourceMapping" => Mapping,
        "GetEventSourceMapping" or "DeleteEventSourceMapping" or "ListEventSourceMappings" or "GetAccountSettings" => [],
        "ListTags" or "TagResource" or "UntagResource" => [Limit.Needed("Resource", 1, 256)],
        _ => [FunctionName],
    };
}
