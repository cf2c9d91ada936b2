using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Lambda;

/// <summary>Where Lambda's actions are, by its service model.</summary>
internal static class LambdaRoutes
{
    private const string Functions = "/2015-03-31/functions";
    private const string Function = Functions + "/{FunctionName}";
    private const string Mappings = "/2015-03-31/event-source-mappings";
    private const string Mapping = Mappings + "/{UUID}";
    private const string EventInvoke = "/2019-09-25/functions/{FunctionName}/event-invoke-config";
    private const string Recursion = "/2024-08-31/functions/{FunctionName}/recursion-config";
    private const string CodeSigning = "/2020-06-30/functions/{FunctionName}/code-signing-config";
    private const string Concurrency = "/2017-10-31/functions/{FunctionName}/concurrency";
    private const string Tags = "/2017-03-31/tags/{Resource}";

    private const string RuntimeManagement = "/2021-07-20/functions/{FunctionName}/runtime-management-config";

    public static IReadOnlyList<RestRoute> All { get; } =
    [
        new("CreateFunction", "POST", Functions, 201),
        new("ListFunctions", "GET", Functions),
        new("GetFunction", "GET", Function),
        new("DeleteFunction", "DELETE", Function, 204),
        new("GetFunctionConfiguration", "GET", Function + "/configuration"),
        new("UpdateFunctionConfiguration", "PUT", Function + "/configuration"),
        new("UpdateFunctionCode", "PUT", Function + "/code"),
        new("ListVersionsByFunction", "GET", Function + "/versions"),
        new("ListAliases", "GET", Function + "/aliases"),
        new("Invoke", "POST", Function + "/invocations")
        {
            Payload = "Payload",
            Headers = new Dictionary<string, string>
            {
                ["X-Amz-Invocation-Type"] = "InvocationType", ["X-Amz-Log-Type"] = "LogType", ["X-Amz-Client-Context"] = "ClientContext",
            },
        },
        new("AddPermission", "POST", Function + "/policy", 201),
        new("GetPolicy", "GET", Function + "/policy"),
        new("RemovePermission", "DELETE", Function + "/policy/{StatementId}", 204),
        new("PutFunctionConcurrency", "PUT", Concurrency),
        new("DeleteFunctionConcurrency", "DELETE", Concurrency, 204),
        new("GetFunctionConcurrency", "GET", "/2019-09-30/functions/{FunctionName}/concurrency"),
        new("PutFunctionEventInvokeConfig", "PUT", EventInvoke),
        new("UpdateFunctionEventInvokeConfig", "POST", EventInvoke),
        new("GetFunctionEventInvokeConfig", "GET", EventInvoke),
        new("DeleteFunctionEventInvokeConfig", "DELETE", EventInvoke, 204),
        new("ListFunctionEventInvokeConfigs", "GET", EventInvoke + "/list"),
        new("GetFunctionRecursionConfig", "GET", Recursion),
        new("PutFunctionRecursionConfig", "PUT", Recursion),
        new("GetFunctionCodeSigningConfig", "GET", CodeSigning),
        new("PutFunctionCodeSigningConfig", "PUT", CodeSigning),
        new("DeleteFunctionCodeSigningConfig", "DELETE", CodeSigning, 204),
        new("GetRuntimeManagementConfig", "GET", RuntimeManagement),
        new("CreateEventSourceMapping", "POST", Mappings, 202),
        new("ListEventSourceMappings", "GET", Mappings),
        new("GetEventSourceMapping", "GET", Mapping),
        new("UpdateEventSourceMapping", "PUT", Mapping, 202),
        new("DeleteEventSourceMapping", "DELETE", Mapping, 202),
        new("ListTags", "GET", Tags),
        new("TagResource", "POST", Tags, 204),
        new("UntagResource", "DELETE", Tags, 204) { Lists = new Dictionary<string, string> { ["tagKeys"] = "TagKeys" } },
        new("GetAccountSettings", "GET", "/2016-08-19/account-settings"),
    ];
}
